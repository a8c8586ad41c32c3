"""Linux: turn the bundle into an archive, a Debian package, a self-extracting file and an AppDir."""

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import artwork
import elf
from bundle import BUILD, ROOT, BuildError, size_mb, version

HERE = Path(__file__).resolve().parent / "linux"
NAME = "deep-learning-playground"
DEB_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
NEW_ENOUGH = {
    34: "Debian 12, Ubuntu 22.04 and Fedora 35 are new enough",
    35: "Debian 12, Ubuntu 22.04 and Fedora 36 are new enough",
    36: "Debian 12, Ubuntu 23.04 and Fedora 37 are new enough",
}
"""Version of the C library that the program needs, after the 2 → systems that have it."""
ARCHIVE_LIMIT_MB = 60


def build_time() -> int:
    """Seconds since 1970: of the last commit where there is one, so that the same source gives the same files."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 else int(datetime.now(UTC).timestamp())


def values(program: Path) -> dict[str, str]:
    """What the recipes in ``linux/`` leave open, by name; ``program`` is the folder from PyInstaller."""
    glibc = elf.newest(program, "GLIBC")
    return {
        "VERSION": version(),
        "DATE": datetime.fromtimestamp(build_time(), UTC).strftime("%Y-%m-%d"),
        "GLIBC_MINOR": str(glibc[1]),
        "SYSTEMS": NEW_ENOUGH.get(glibc[1], "a system that is younger is needed"),
        "MACHINE": platform.machine(),
        "DEB_ARCH": DEB_ARCHITECTURES[platform.machine()],
    }


def fill(name: str, target: Path, known: dict[str, str], mode: int = 0o644) -> None:
    """Copy a recipe, with ``@NAME@`` replaced by what is known."""
    text = (HERE / name).read_text(encoding="utf-8")
    for key, value in known.items():
        text = text.replace(f"@{key}@", value)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    target.chmod(mode)


def stage(program: Path, known: dict[str, str]) -> Path:
    """Lay out what all formats share: launcher, program, licence, notices, and ``share`` for the desktop."""
    folder = BUILD / f"{NAME}-{known['VERSION']}"
    shutil.copytree(program, folder / "program", symlinks=True)
    fill("launcher.sh", folder / "playground", known, 0o755)
    shutil.copy(ROOT / "LICENSE", folder)
    shutil.copy(BUILD / "THIRD-PARTY-NOTICES.txt", folder)
    share = folder / "share"
    fill(f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop", known)
    fill(f"{NAME}.metainfo.xml", share / "metainfo" / "local.deep_learning_playground.Playground.metainfo.xml", known)
    fill(f"{NAME}.mime.xml", share / "mime" / "packages" / f"{NAME}.xml", known)
    fill(f"{NAME}.thumbnailer", share / "thumbnailers" / f"{NAME}.thumbnailer", known)
    fill("playground.1", share / "man" / "man1" / "playground.1", known)
    page = share / "man" / "man1" / "playground.1"
    page.with_suffix(".1.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
    page.unlink()
    icons = share / "icons" / "hicolor"
    for size in artwork.SIZES:
        target = icons / f"{size}x{size}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True)
        shutil.copy(BUILD / "icons" / f"app-{size}.png", target)
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copy(artwork.ICONS / "app.svg", icons / "scalable" / "apps" / f"{NAME}.svg")
    return folder


def archive(folder: Path, known: dict[str, str], dist: Path) -> Path:
    """The ``.tar.xz``: unpack it anywhere and start ``playground`` in it.

    Raises:
        BuildError: when it is larger than promised.
    """
    target = dist / f"{NAME}-{known['VERSION']}-linux-{known['MACHINE']}.tar.xz"
    command = ["tar", "-C", str(folder.parent), "--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    command += [f"--mtime=@{build_time()}", "-cf", "-", folder.name]
    with target.open("wb") as file, subprocess.Popen(command, stdout=subprocess.PIPE) as tar:
        subprocess.run(["xz", "-T0", "-6", "-c"], stdin=tar.stdout, stdout=file, check=True)
    if target.stat().st_size > ARCHIVE_LIMIT_MB * 1e6:
        raise BuildError(f"{target.name} takes {target.stat().st_size / 1e6:.0f} MB of at most {ARCHIVE_LIMIT_MB}.")
    return target


def install_tree(folder: Path, root: Path) -> None:
    """Lay the staged files out as below ``/usr``."""
    library = root / "usr" / "lib" / NAME
    library.mkdir(parents=True)
    shutil.copytree(folder / "program", library / "program", symlinks=True, copy_function=os.link)
    for name in ("playground", "LICENSE", "THIRD-PARTY-NOTICES.txt"):
        shutil.copy2(folder / name, library)
    shutil.copytree(folder / "share", root / "usr" / "share")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "playground").symlink_to(f"../lib/{NAME}/playground")


def debian_package(folder: Path, known: dict[str, str], dist: Path) -> Path:
    """The ``.deb``; its ``Depends`` come from what the programs in it ask the linker for."""
    root = BUILD / "deb"
    install_tree(folder, root)
    documents = root / "usr" / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    notes = f"\nThe libraries that come with the program: /usr/lib/{NAME}/THIRD-PARTY-NOTICES.txt\n"
    (documents / "copyright").write_text(licence + notes, encoding="utf-8")
    from playground.app.platform_check import PACKAGES

    facts = {
        "DEPENDS": ", ".join(elf.depends(folder / "program", PACKAGES)),
        "INSTALLED_KB": str(round(size_mb(root) * 1e6 / 1024)),
    }
    fill("control", root / "DEBIAN" / "control", {**known, **facts})
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in sorted((root / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    (root / "DEBIAN" / "md5sums").write_text("".join(sums), encoding="utf-8")
    target = dist / f"{NAME}_{known['VERSION']}_{known['DEB_ARCH']}.deb"
    environ = dict(os.environ, SOURCE_DATE_EPOCH=str(build_time()))
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(target)]
    subprocess.run(command, check=True, env=environ, stdout=subprocess.DEVNULL)
    return target


def self_extracting(folder: Path, known: dict[str, str], dist: Path) -> Path:
    """The ``.run`` by makeself: installs for the user who runs it."""
    target = dist / f"{NAME}-{known['VERSION']}-linux-{known['MACHINE']}.run"
    fill("install.sh", folder / "install.sh", known, 0o755)
    command = ["makeself", "--xz", "--complevel", "6", "--sha256", "--nox11", "--quiet"]
    title = f"Deep Learning Playground {known['VERSION']}"
    try:
        subprocess.run(
            [*command, str(folder), str(target), title, "./install.sh"], check=True, stdout=subprocess.DEVNULL
        )
    finally:
        (folder / "install.sh").unlink()
    return target


def app_dir(folder: Path, known: dict[str, str], dist: Path) -> Path:
    """The AppDir, out of which ``appimagetool`` makes an AppImage where its runtime is to be had."""
    root = dist / f"{NAME}-{known['VERSION']}-linux-{known['MACHINE']}.AppDir"
    install_tree(folder, root)
    fill("AppRun", root / "AppRun", known, 0o755)
    shutil.copy(root / "usr" / "share" / "applications" / f"{NAME}.desktop", root)
    shutil.copy(BUILD / "icons" / "app-256.png", root / f"{NAME}.png")
    (root / ".DirIcon").symlink_to(f"{NAME}.png")
    return root


def make(program: Path, dist: Path) -> list[Path]:
    """Make all formats; returns their paths."""
    known = values(program)
    folder = stage(program, known)
    return [format_(folder, known, dist) for format_ in (archive, debian_package, self_extracting, app_dir)]
