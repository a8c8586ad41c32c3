"""Where the packaged program starts: as the command ``playground``, or as a worker process of itself."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker process ends in here; it must not open a window
    from playground.cli import main

    sys.exit(main())
