"""Stream one address in a fresh process and print the highest memory it took, in kB."""

import sys
from pathlib import Path

import django


def main() -> None:
    """Read the address in sys.argv to the end, keeping nothing."""
    django.setup()
    from bench.verzoek import blokken  # noqa: PLC0415 - needs the settings

    for _ in blokken(sys.argv[1]):
        pass
    # Not ru_maxrss: that begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(regel.split()[1] for regel in status.splitlines() if regel.startswith("VmHWM")))


if __name__ == "__main__":
    main()
