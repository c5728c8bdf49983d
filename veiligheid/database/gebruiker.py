"""Under whose name the PostgreSQL programs run.

An ordinary user runs them as themselves. PostgreSQL refuses root, so for root there are two ways, in this order:

1. a user namespace (see `naamruimte`): the files stay root's, so private parent folders work unchanged;
2. another existing account, which then owns the cluster, and nothing else.

The environment variable ``VEILIGHEID_GEEN_NAAMRUIMTE=1`` forbids the first way, for systems on which it misbehaves
and for the tests.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from veiligheid.database import naamruimte

GEEN_NAAMRUIMTE = "VEILIGHEID_GEEN_NAAMRUIMTE"


@dataclass(frozen=True)
class Account:
    """The owner of the cluster's files, and the ids under which the programs see themselves when these differ."""

    uid: int
    gid: int
    binnen: tuple[int, int] | None = None

    @property
    def wisselt(self) -> bool:
        """Whether a program must be started under another user id than ours."""
        return self.binnen is None and self.uid != os.geteuid()

    def start(self, opdracht: list[str], *, uitvoer: int, omgeving: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a program of its own session, without a shell and without any of our open files but `uitvoer`."""
        return subprocess.Popen(
            [*self._voorloop(), *opdracht],
            stdin=subprocess.DEVNULL,
            stdout=uitvoer,
            stderr=uitvoer,
            # Our own working folder may be unreadable, or disappear while the server runs.
            cwd="/",
            env=omgeving,
            start_new_session=True,
            umask=0o077,
            user=self.uid if self.wisselt else None,
            group=self.gid if self.wisselt else None,
            extra_groups=[] if self.wisselt else None,
        )

    def kan(self, programma: Path, datamap: Path) -> bool:
        """Whether this account can run `programma` and reach `datamap`; looks only, changes nothing."""
        if not all(self._mag_door(ouder) for ouder in datamap.parents):
            return False
        try:
            proef = self.start([str(programma), "--version"], uitvoer=subprocess.DEVNULL, omgeving=dict(os.environ))
        except OSError:
            return False
        return proef.wait() == 0

    def _voorloop(self) -> list[str]:
        if self.binnen is None:
            return []
        uid, gid = self.binnen
        return [sys.executable, "-I", str(Path(naamruimte.__file__).resolve()), str(uid), str(gid)]

    def _mag_door(self, ouder: Path) -> bool:
        # Inside a namespace root has lost its power to pass everywhere, so root too is judged by the mode alone.
        groepen = {self.gid} if self.wisselt else {self.gid, *os.getgroups()}
        toestand = ouder.stat()
        if toestand.st_uid == self.uid:
            return bool(toestand.st_mode & 0o100)
        if toestand.st_gid in groepen:
            return bool(toestand.st_mode & 0o010)
        return bool(toestand.st_mode & 0o001)


def kies_account(datamap: Path, programma: Path) -> Account | None:
    """Return the account that may run `programma` on `datamap`, or None when root finds no account that can."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    return next((account for account in _voor_root(datamap) if account.kan(programma, datamap)), None)


def eigenaar_van(datamap: Path) -> tuple[int, int] | None:
    """Return user and group id of the owner of `datamap`, or None when it does not exist yet."""
    try:
        toestand = datamap.stat()
    except FileNotFoundError:
        return None
    return toestand.st_uid, toestand.st_gid


def _voor_root(datamap: Path) -> Iterator[Account]:
    eigenaar = eigenaar_van(datamap)
    if eigenaar is not None and eigenaar[0] != 0 and any(datamap.iterdir()):
        # A cluster works only under its owner; handing it over would lock that owner out.
        yield Account(*eigenaar)
        return
    niemand = _account("nobody") or next((a for a in pwd.getpwall() if a.pw_uid != 0), None)
    if niemand is not None and sys.platform == "linux" and os.environ.get(GEEN_NAAMRUIMTE) != "1":
        yield Account(os.geteuid(), os.getegid(), binnen=(niemand.pw_uid, niemand.pw_gid))
    for kandidaat in (_eigenaar_van_ouder(datamap), _account("postgres"), _account("nobody")):
        if kandidaat is not None and kandidaat.pw_uid != 0:
            yield Account(kandidaat.pw_uid, kandidaat.pw_gid)


def _account(naam: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(naam)
    except KeyError:
        return None


def _eigenaar_van_ouder(datamap: Path) -> pwd.struct_passwd | None:
    # Root working in somebody's private home: that somebody is the one account that can get there.
    try:
        return pwd.getpwuid(datamap.parent.stat().st_uid)
    except KeyError:
        return None
