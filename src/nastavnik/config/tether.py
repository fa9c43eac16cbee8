"""`python tether.py PARENT COMMAND ...`: become COMMAND, and get SIGTERM when PARENT dies, even by kill -9 (Linux).

A small program of its own because the tie must be made by the child itself, and running Python between fork and exec is
unsafe in a process with threads.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie, check that the parent is still there, exec."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(sys.argv[1]):  # it died before the tie was made
            sys.exit(1)
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
