"""Set the project up: system libraries, an own ``.venv``, the pinned packages. Standard library only.

    python3 packaging/bootstrap.py [run|dev|full|package] [--screen]

Does nothing, quickly and without a network, when everything is there. What it cannot do by itself (a system library
without being root, a Python that is too old) it names with the exact command to type, before it has changed anything.
``run`` is enough for the window, ``dev`` adds what the checks need, ``full`` the optional libraries; ``package`` adds
what builds the packaged program to ``run``. ``--screen`` also asks for what a window on a real screen needs.

The syntax is kept plain, so that an old Python 3 reaches the sentence that says it is too old.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys

from system_libraries import Machine, SetupError, provide_libraries, say

MINIMUM = (3, 11)
STAMP = "playground-setup.json"
SETS = {  # set → the files of exact versions that make it up
    "run": ("run",),
    "dev": ("run", "dev"),
    "full": ("run", "dev", "full"),
    "package": ("run", "package"),
}


def check_version(version, debian):
    """Raise SetupError when Python ``version`` is too old."""
    if tuple(version[:2]) >= MINIMUM:
        return
    needed, found = ".".join(map(str, MINIMUM)), ".".join(map(str, version[:2]))
    remedy = (
        f"sudo apt-get install python{needed} python{needed}-venv" if debian else "https://www.python.org/downloads/"
    )
    raise SetupError(
        f"Python {needed} or newer is needed, this is {found}. Get one with\n\n    {remedy}\n\n"
        "and run the same command again, or name one: make PYTHON=/path/to/python3 …"
    )


def provide_venv_module(machine, has_module=importlib.util.find_spec):
    """See to it that this Python can make environments (Debian keeps that in a package of its own).

    Raises:
        SetupError: with the command that helps.
    """
    if not (has_module("ensurepip") and has_module("venv")):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        machine.provide([package], "This Python cannot make environments.")


class Environment:
    """The project's own ``.venv`` below ``root`` and the stamp in it that says what was installed, and where."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.folder = os.path.join(self.root, ".venv")
        self.bin = os.path.join(self.folder, "Scripts" if os.name == "nt" else "bin")
        self.python = os.path.join(self.bin, "python.exe" if os.name == "nt" else "python")
        self.stamp = os.path.join(self.folder, STAMP)

    def locks(self, name):
        """The files of exact versions that make up a set."""
        return [os.path.join(self.root, "packaging", f"requirements-{part}.txt") for part in SETS[name]]

    def digest(self, name):
        """A hash of the exact versions of a set."""
        digest = hashlib.sha256()
        for path in self.locks(name):
            with open(path, "rb") as file:
                digest.update(file.read())
        return digest.hexdigest()

    def read_stamp(self):
        """The stamp {"folder": where, "sets": {name: digest}}; empty when there is none that can be read."""
        try:
            with open(self.stamp) as file:
                content = json.load(file)
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def is_ready(self, name):
        """Whether set ``name`` was installed completely, here, from today's lock."""
        stamp = self.read_stamp()
        installed = stamp.get("sets", {})
        larger = [other for other in SETS if set(SETS[name]) <= set(SETS[other])]
        return (
            stamp.get("folder") == self.folder
            and os.access(self.python, os.X_OK)
            and any(other in installed and installed[other] == self.digest(other) for other in larger)
        )

    def is_sound(self):
        """Whether the environment runs at all, was made for this very folder, and its Python is new enough."""
        code = f"import sys, pip; print(sys.prefix, sys.version_info >= {MINIMUM})"
        try:
            answer = subprocess.check_output([self.python, "-c", code], stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            return False
        return answer.decode().strip() == f"{self.folder} True"

    def provide(self, name, machine):
        """Make the environment hold the exact versions of set ``name``.

        Raises:
            SetupError: when that fails; a half-made environment is removed.
        """
        if self.is_ready(name):
            return
        stamp = self.read_stamp()
        fresh = not self.is_sound() or stamp.get("folder", self.folder) != self.folder
        if fresh:
            stamp = {}
            self.create(machine)
        elif os.path.exists(self.stamp):
            os.remove(self.stamp)  # from here on it is not complete
        try:
            self.install(name)
            self.link_source()
        except BaseException:
            if fresh:
                shutil.rmtree(self.folder, ignore_errors=True)
            raise
        held = stamp.get("sets", {})
        sets = {other: held[other] for other in SETS if other in held and held[other] == self.digest(other)}
        self.write_stamp({"folder": self.folder, "sets": dict(sets, **{name: self.digest(name)})})

    def write_stamp(self, content):
        """Write the stamp in one stroke."""
        with open(self.stamp + ".new", "w") as file:
            json.dump(content, file)
        os.replace(self.stamp + ".new", self.stamp)

    def create(self, machine):
        """Make an empty environment, in place of a broken one.

        Raises:
            SetupError: when this Python is too old or cannot.
        """
        check_version(sys.version_info, machine.debian)
        provide_venv_module(machine)
        say(f"Making {self.folder} with Python {sys.version_info[0]}.{sys.version_info[1]}")
        shutil.rmtree(self.folder, ignore_errors=True)
        # the interpreter behind this one, so that the environment does not hang on another environment
        python = getattr(sys, "_base_executable", None) or sys.executable
        if subprocess.call([python, "-m", "venv", self.folder]) != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise SetupError(f"The environment {self.folder} could not be made.")

    def install(self, name):
        """Install the locked versions of set ``name`` with pip.

        Raises:
            SetupError: when a package cannot be had.
        """
        say(f"Installing the pinned packages ({name})")
        command = [self.python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:"]
        for path in self.locks(name):
            command += ["-r", path]
        if subprocess.call(command, env=dict(os.environ, PIP_NO_INPUT="1", PIP_USER="0")) != 0:
            raise SetupError(
                "The packages could not be installed; pip's words above say why. With a network, run the command again."
            )

    def link_source(self):
        """Let the environment find the source tree, and give it the command ``playground``."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = subprocess.check_output([self.python, "-c", code]).decode().strip()
        with open(os.path.join(site, "playground-source.pth"), "w") as file:
            file.write(self.root + "\n")
        if os.name == "nt":
            return  # there, `python -m playground` does the same
        script = os.path.join(self.bin, "playground")
        with open(script, "w") as file:
            file.write(f'#!/bin/sh\nexec "{self.python}" -m playground "$@"\n')
        os.chmod(script, 0o755)


def only_one(path):
    """Wait until no other set-up runs that locks ``path``; the lock ends with the returned file (None on Windows)."""
    try:
        import fcntl
    except ImportError:
        return None
    file = open(path)  # noqa: SIM115  it stays open as long as the set-up runs
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def main(argv=None, root=None, machine=None):
    """Set up what is missing; return 0 when all is there, 1 after one message when the user has to do something."""
    parser = argparse.ArgumentParser(description="Set the project up; quick when there is nothing to do.")
    parser.add_argument("set", nargs="?", choices=list(SETS), default="run", help="what to install (default: run)")
    parser.add_argument("--screen", action="store_true", help="also what a window on a screen needs")
    options = parser.parse_args(argv)
    here = os.path.abspath(__file__)
    machine = machine or Machine()
    environment = Environment(root or os.path.dirname(os.path.dirname(here)))
    lock = only_one(here)
    try:
        if not environment.is_ready(options.set):
            check_version(sys.version_info, machine.debian)
        if sys.platform.startswith("linux"):
            provide_libraries(machine, options.screen)
        environment.provide(options.set, machine)
    except SetupError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    finally:
        if lock is not None:
            lock.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
