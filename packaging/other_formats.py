"""Windows and macOS: turn the bundle into what people there expect."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from bundle import BUILD, ROOT, version

HERE = Path(__file__).resolve().parent
NAME = "deep-learning-playground"


def compile_installer(folder: Path, icon: Path, target: Path) -> None:
    """Compile the Windows installer for the program in ``folder``; ``makensis`` runs on Linux, too."""
    makensis = shutil.which("makensis") or r"C:\Program Files (x86)\NSIS\makensis.exe"
    facts = {"VERSION": version(), "BUNDLE": folder, "ICON": icon, "OUTPUT": target}
    command = [makensis, "-V2", "-WX", *(f"-D{key}={value}" for key, value in facts.items())]
    subprocess.run([*command, str(HERE / "windows" / "installer.nsi")], check=True)


def portable_zip(folder: Path, target: Path) -> None:
    """Pack the program's folder so that it starts from wherever it is unpacked."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, Path(target.stem) / path.relative_to(folder))


def make_windows(program: Path, dist: Path) -> list[Path]:
    """An installer and a portable zip."""
    for source in (ROOT / "LICENSE", BUILD / "THIRD-PARTY-NOTICES.txt"):
        shutil.copy(source, program)
    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "AMD64").lower()
    setup = dist / f"{NAME}-{version()}-windows-{machine}-setup.exe"
    portable = dist / f"{NAME}-{version()}-windows-{machine}-portable.zip"
    compile_installer(program, BUILD / "icons" / "app.ico", setup)
    portable_zip(program, portable)
    return [setup, portable]


def make_macos(program: Path, dist: Path) -> list[Path]:
    """A disk image with the ``.app``."""
    app = program.parent / "Deep Learning Playground.app"
    for source in (ROOT / "LICENSE", BUILD / "THIRD-PARTY-NOTICES.txt"):
        shutil.copy(source, app / "Contents" / "Resources")
    target = dist / f"{NAME}-{version()}-macos-{os.uname().machine}.dmg"
    subprocess.run(["sh", str(HERE / "macos" / "make_dmg.sh"), str(app), str(target)], check=True)
    return [target]
