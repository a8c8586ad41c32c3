"""What a purity gauge tells when the pointer is on it: the probe, its reading over the run, and its mistakes."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from playground.insight.examples import Purity
from playground.views.class_names import shown_names
from playground.views.forms import percent
from playground.views.rich_text import inline_image
from playground.views.theme import CAPTION_SIZE, Theme, Token, mix, sized_font

_WIDTH, _HEIGHT = 220, 48
_RATIO = 2  # sharp on dense screens too
_MOST = 200  # readings per stage


class PurityLog:
    """The purity of every stage over the run, evenly thinned where it gets long.

    ``chance`` and ``spread`` belong to the last reading.
    """

    def __init__(self) -> None:
        self._readings: list[tuple[float, ...]] = []
        self._step: int | None = None
        self._every = self._skipped = 1
        self.latest: Purity | None = None

    def clear(self) -> None:
        """Begin anew."""
        self._readings.clear()
        self._step, self._every, self._skipped = None, 1, 1
        self.latest = None

    def add(self, step: int, purity: Purity) -> None:
        """Take in a reading after so many updates; more readings of the same moment replace each other."""
        if purity is self.latest:  # not every snapshot brings a new one
            return
        stages = len(self._readings[0]) if self._readings else len(purity.stages)
        if (self._step is not None and step < self._step) or stages != len(purity.stages):
            self.clear()
        self.latest = purity
        if self._readings and step == self._step:
            self._readings[-1] = purity.stages
            return
        self._step = step
        if self._skipped < self._every and self._readings:
            self._skipped += 1
            return
        self._skipped = 1
        self._readings.append(purity.stages)
        if len(self._readings) > _MOST:
            del self._readings[1::2]
            self._every *= 2

    def series(self, stage: int) -> tuple[float, ...]:
        """The readings of one stage, the first and the last one among them."""
        past = tuple(reading[stage] for reading in self._readings)
        return past if self.latest is None else (*past, self.latest.stages[stage])


def purity_tip(log: PurityLog, stage: int, theme: Theme) -> str:
    """The tool-tip of one stage's gauge as rich text."""
    parts = [_documentation(log.latest)]
    purity = log.latest
    if purity is None or stage >= len(purity.stages):
        return parts[0]
    series = log.series(stage)
    if len(series) > 2:
        image = inline_image(sparkline(series, purity, theme), _RATIO)
        parts.append(f"{_tr('over the run, dashed: chance')}<br>{image}")
    if purity.confusions and purity.confusions[stage].sum():
        heading = _tr("How often the probe took each class (rows) for each class (columns):")
        parts.append(f"{heading}{_table(purity.confusions[stage], shown_names(purity.names), theme)}")
    return "<p>".join(parts)


def sparkline(series: tuple[float, ...], purity: Purity, theme: Theme) -> QImage:
    """The purity of a stage from the beginning of the run (left) until now, 0 to 100 %; chance and its band behind."""
    image = QImage(QSize(_WIDTH, _HEIGHT) * _RATIO, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(_RATIO, _RATIO)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(1, 4, _WIDTH - 46, _HEIGHT - 8)

    def height(value: float) -> float:
        return room.bottom() - min(1.0, max(0.0, value)) * room.height()

    low, high = height(purity.chance - 2 * purity.spread), height(purity.chance + 2 * purity.spread)
    painter.fillRect(QRectF(room.left(), high, room.width(), low - high), theme.color(Token.HOVER))
    painter.setPen(QPen(theme.color(Token.CONTROL_LINE), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(room.left(), height(purity.chance)), QPointF(room.right(), height(purity.chance)))
    across = np.linspace(room.left(), room.right(), len(series)).tolist()
    line = QPolygonF([QPointF(x, height(value)) for x, value in zip(across, series, strict=True)])
    painter.setPen(QPen(theme.color(Token.PURITY), 1.6))
    painter.drawPolyline(line)
    painter.setFont(sized_font(CAPTION_SIZE, bold=True))
    painter.setPen(theme.color(Token.TEXT))
    box = QRectF(room.right() + 4, height(series[-1]) - 8, 42, 16)
    box.moveTop(min(max(0.0, box.top()), _HEIGHT - 16))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, percent(series[-1]))
    painter.end()
    return image


def _documentation(purity: Purity | None) -> str:
    text = f"<b>{_tr('Purity')}</b>: " + _tr(
        "how well a simple linear probe reads the answer from what this stage passes on alone. The probe is a ridge "
        "regression on the targets (one-hot for classes), fitted on one half of up to 500 training and test examples "
        "and judged on the other half, then the other way round. "
    )
    if purity is not None and not purity.confusions:
        return text + _tr("The number is R²: the share of the targets' variation that it explains.")
    text += _tr("The number is the mean share of each class that it recognises.")
    if purity is None:
        return text
    chance = _tr("A probe that knows nothing gets %1 ± %2 (the mark above the bar).")
    points = f"{200 * purity.spread:.0f} %"
    return f"{text} {chance.replace('%1', percent(purity.chance)).replace('%2', points)}"


def _table(matrix: NDArray[np.int64], names: tuple[str, ...], theme: Theme) -> str:
    """The confusion as a table; the stronger a cell, the larger its share of its row."""
    card, ink = theme.color(Token.CARD), theme.color(Token.PURITY)
    rows = ["<tr><td></td>" + "".join(f"<td align='center'>{name}</td>" for name in names) + "</tr>"]
    for name, counts in zip(names, matrix.tolist(), strict=True):
        total = max(1, sum(counts))
        cells = [
            f"<td align='right' bgcolor='{mix(card, ink, 0.55 * count / total).name()}'>&nbsp;{count or ''}&nbsp;</td>"
            for count in counts
        ]
        rows.append(f"<tr><td>{name}&nbsp;</td>{''.join(cells)}</tr>")
    return f"<table cellspacing='1' cellpadding='1'>{''.join(rows)}</table>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
