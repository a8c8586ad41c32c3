"""Ask for the formula of a data set."""

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Task
from playground.data.sources import Formula
from playground.insight.grids import plane
from playground.project import edits
from playground.session.document import Document
from playground.session.language import translated
from playground.views import colormap
from playground.views.formula.dialog import FormulaDialog
from playground.views.panels.data.thumbnails import sample_of, thumbnail
from playground.views.theme import Theme

EXAMPLES = ("y > 3 sin(x)", "r < 2 or x y > 6", "sin(x) * cos(y)", "exp(-r^2 / 8)")
_PIXELS = 84
_PALE = 0.45
"""How strongly classes are coloured behind their points."""


def ask(parent: QWidget, document: Document, theme: Theme) -> FormulaDialog:
    """Open the dialog; the formula becomes the data set of the project."""
    present = document.project.data.source

    def done(text: str) -> str:
        try:
            document.apply(edits.set_source(document.project, Formula(text)))
        except (edits.EditError, ValueError) as error:
            return translated(error.args[0])
        return ""

    dialog = FormulaDialog(
        parent.window(),
        theme,
        QCoreApplication.translate("Formula", "Data by formula"),
        present.expression if isinstance(present, Formula) else EXAMPLES[0],
        paint=lambda text, side, ratio: _picture(Formula(text), document, theme, side, ratio),
        describe=lambda text: translated(Formula(text).description),
        done=done,
        examples=EXAMPLES,
    )
    dialog.open()
    return dialog


def _picture(source: Formula, document: Document, theme: Theme, side: int, ratio: float) -> QImage:
    """What is asked for everywhere, and some examples on it."""
    values = source.targets(plane(_PIXELS).astype(np.float64))
    if source.task is Task.BINARY:
        values = _PALE * (2.0 * values - 1.0)
    pixels = colormap.colorize(values.reshape(_PIXELS, _PIXELS), -1.0, 1.0, theme.diverging_pixels())
    picture = colormap.image(pixels).scaled(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    if source.task is Task.BINARY:
        data = document.project.data
        painter = QPainter(picture)
        painter.drawImage(0, 0, thumbnail(sample_of(source, data.noise, data.seed), theme, side, ratio))
        painter.end()
    return picture
