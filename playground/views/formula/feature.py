"""Ask for the formula of a feature."""

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from playground.data.features import MARK, feature
from playground.insight.grids import plane
from playground.project import edits
from playground.session.document import Document
from playground.session.language import translated
from playground.views import colormap
from playground.views.formula.dialog import FormulaDialog
from playground.views.theme import Theme

EXAMPLES = ("x1^2 + x2^2", "sin(2 x1)", "abs(x1 - x2)", "x1 > 0 and x2 > 0")
_PIXELS = 84


def ask(parent: QWidget, document: Document, theme: Theme, name: str | None) -> FormulaDialog:
    """Open the dialog for a new feature, or for the present one ``name``."""

    def done(text: str) -> str:
        project = document.project
        try:
            document.apply(edits.change_formula(project, name, text) if name else edits.add_formula(project, text))
        except edits.EditError as error:
            return translated(error.args[0])
        return ""

    tr = QCoreApplication.translate
    dialog = FormulaDialog(
        parent.window(),
        theme,
        tr("Formula", "Change the feature") if name else tr("Formula", "A feature by formula"),
        name.removeprefix(MARK) if name else EXAMPLES[0],
        paint=lambda text, side, ratio: _map(text, theme),
        describe=lambda text: feature(MARK + text).help,
        done=done,
        examples=EXAMPLES,
    )
    dialog.open()
    return dialog


def _map(text: str, theme: Theme) -> QImage:
    """The feature over the plane in the colours of all maps."""
    points = plane(_PIXELS)
    values = np.asarray(feature(MARK + text).function(points[:, 0], points[:, 1]), np.float32)
    reach = max(float(np.abs(values).max()), 1e-6)
    pixels = colormap.colorize(values.reshape(_PIXELS, _PIXELS), -reach, reach, theme.diverging_pixels())
    return colormap.image(pixels)
