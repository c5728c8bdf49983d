"""Run one program in a user namespace, so that root may start PostgreSQL, which refuses user id 0.

Started by file name as a separate process (``python -I naamruimte.py UID GID PROGRAM [ARGUMENT ...]``): only a process
with a single thread may enter a user namespace. Inside, the caller is known as UID; outside, and so in every file it
writes, it stays who it was. It needs the standard library only, hence no search path and no readable working folder.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def betreed(uid: int, gid: int) -> None:
    """Move this process into a new user namespace in which it is `uid` and `gid`; OSError when that is forbidden."""
    buiten_uid, buiten_gid = os.geteuid(), os.getegid()
    # os.unshare exists from Python 3.12 only.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        nummer = ctypes.get_errno()
        raise OSError(nummer, os.strerror(nummer))
    # The kernel takes a gid_map from inside the namespace only after setgroups has been given up.
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{gid} {buiten_gid} 1", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{uid} {buiten_uid} 1", encoding="ascii")


def main(argumenten: list[str]) -> None:
    """Become the program named in `argumenten`; ends with one Dutch sentence when the kernel forbids namespaces."""
    uid, gid, *opdracht = argumenten
    try:
        betreed(int(uid), int(gid))
    except (OSError, AttributeError) as fout:
        sys.exit(f"Dit systeem staat geen eigen gebruikersnaamruimte toe ({fout}).")
    os.execv(opdracht[0], opdracht)  # noqa: S606 - no shell is what we want


if __name__ == "__main__":
    main(sys.argv[1:])
