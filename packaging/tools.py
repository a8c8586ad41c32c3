"""The programs that building and trying out the packages needs on Linux; installs them or says what to type.

Usage: ``python packaging/tools.py`` provides what ``make package-test`` runs.
"""

import shutil
import sys

from system_libraries import Machine, SetupError

BUILD = {"objdump": "binutils", "xz": "xz-utils", "tar": "tar", "dpkg-deb": "dpkg", "makeself": "makeself"}
TEST = {"Xvfb": "xvfb", "debootstrap": "debootstrap", "makensis": "nsis", "xwininfo": "x11-utils", "xz": "xz-utils"}
"""Program → the Debian package that brings it."""


def provide(machine, table):
    """See to it that the programs in ``table`` are there.

    Raises:
        SetupError: with the command that installs them.
    """
    missing = [package for tool, package in table.items() if shutil.which(tool) is None]
    if missing:
        machine.provide(missing, f"This needs what the system lacks: {', '.join(missing)}.")


if __name__ == "__main__":
    try:
        provide(Machine(), TEST)
    except SetupError as problem:
        sys.exit(str(problem))
