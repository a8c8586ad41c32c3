"""``python -m playground`` is the same as the command ``playground``."""

import sys

from playground.cli import main

if __name__ == "__main__":
    sys.exit(main())
