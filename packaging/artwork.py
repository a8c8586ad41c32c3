"""Draw the program's icon in all sizes that desktops ask for: PNG, and the containers of Windows and macOS.

.venv/bin/python packaging/artwork.py FOLDER
"""

import os
import struct
import sys
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SMALL = 24
"""Up to this many pixels the simpler drawing is used."""
ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def source(size: int) -> Path:
    """The drawing for an icon of ``size`` pixels."""
    return ICONS / ("app-small.svg" if size <= SMALL else "app.svg")


def draw(size: int) -> bytes:
    """The icon as PNG, ``size`` × ``size`` pixels; needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication(["artwork"])
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source(size))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    del app
    return bytes(content.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon that holds PNGs of up to 256 pixels."""
    chosen = {size: data for size, data in pictures.items() if size <= 256}
    header, offset = struct.pack("<HHH", 0, 1, len(chosen)), 6 + 16 * len(chosen)
    entries = b""
    for size, data in chosen.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return header + entries + b"".join(chosen.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """A macOS icon that holds PNGs."""
    parts = [kind + struct.pack(">I", len(pictures[size]) + 8) + pictures[size] for size, kind in ICNS_KINDS.items()]
    content = b"".join(parts)
    return b"icns" + struct.pack(">I", len(content) + 8) + content


def write(folder: Path) -> None:
    """Write ``app-SIZE.png``, ``app.ico`` and ``app.icns`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: draw(size) for size in SIZES}
    for size, data in pictures.items():
        (folder / f"app-{size}.png").write_bytes(data)
    (folder / "app.ico").write_bytes(ico(pictures))
    (folder / "app.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
