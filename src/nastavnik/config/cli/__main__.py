"""`python -m nastavnik.config.cli`, for an environment whose scripts folder is not on PATH."""

import sys

from nastavnik.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
