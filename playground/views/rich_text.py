"""Parts of rich texts, for tool-tips."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage


def inline_image(image: QImage, ratio: int = 1) -> str:
    """A picture as part of a rich text, ``ratio`` pixels on each logical one."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    source = bytes(data.toBase64().data()).decode()
    size = f'width="{image.width() // ratio}" height="{image.height() // ratio}"'
    return f'<img src="data:image/png;base64,{source}" {size}>'
