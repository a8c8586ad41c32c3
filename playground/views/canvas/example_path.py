"""The path of the selected example, lit on the canvas, with the answer of every unit as a number."""

import numpy as np
from PySide6.QtCore import QObject, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPen

from playground.engine import Network
from playground.insight.examples import PRESENTED
from playground.insight.path import Path, path
from playground.insight.pictures import ACTIVATIONS
from playground.project.build import network
from playground.session import Session
from playground.training.records import Snapshot
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.lights import Lights
from playground.views.canvas.tools import Tool
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

NAME = "example"
_LEAST_BOX = 17.0  # units that are smaller have no room for a number
_HEIGHT = 13.0


class ExamplePath(QObject):
    """Follows the trainer's selected example; for images only from a selection on (the picture is always shown)."""

    def __init__(self, session: Session, theme: Theme, assembly: Assembly) -> None:
        super().__init__(assembly.surface)
        self._session, self._assembly = session, assembly
        self._path: Path | None = None
        self._shapes: Network | None = None
        self.tool = AnswerTool(theme, assembly)
        assembly.surface.tools.add(self.tool)
        session.trainer.example_selected.connect(self._follow)
        session.trainer.presented_changed.connect(self._follow)
        session.trainer.restarted.connect(self._follow)
        session.trainer.snapshot.connect(self.show)

    @Slot()
    def _follow(self, *_news: object) -> None:
        """Begin or end: ask for the picture, light or darken."""
        trainer, project = self._session.trainer, self._session.document.project
        on = trainer.example is not None or trainer.presented
        if project.data.source.input_kind == "plane":
            trainer.show(ACTIVATIONS, on)
        self._shapes = network(project) if on and not trainer.problems else None
        if not on:
            self._put(None)

    @Slot(object)
    def show(self, snapshot: Snapshot) -> None:
        """Light the path of a moment."""
        picture = snapshot.pictures.get(ACTIVATIONS)
        wanted = PRESENTED if self._session.trainer.presented else self._session.trainer.example
        if wanted is None or picture is None or picture.example != wanted or self._shapes is None:
            return
        if self._shapes.size != snapshot.parameters.size:
            return
        views = self._shapes.unpack(snapshot.parameters)
        kernels = [views.get(f"{layer}.kernel") for layer in range(len(self._shapes.layers))]
        self._put(path(picture, kernels))

    def _put(self, found: Path | None) -> None:
        if found is None and self._path is None:
            return
        self._path = found
        self.tool.show(found)
        lights = None
        if found is not None:
            lights = Lights(dict(enumerate(found.units)), dict(found.lines), frozenset({"loss"}))
        self._assembly.surface.set_lights(NAME, lights)


class AnswerTool(Tool):
    """Paints the numbers below the units of the path."""

    def __init__(self, theme: Theme, assembly: Assembly) -> None:
        self._theme, self._assembly = theme, assembly
        self._path: Path | None = None

    def show(self, found: Path | None) -> None:
        """Paint the numbers of another path, or none."""
        self._path = found
        self._assembly.surface.update()

    def paint(self, painter: QPainter) -> None:
        """Draw a small label at the lower edge of every unit that has room."""
        if self._path is None:
            return
        font = sized_font(CAPTION_SIZE)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column, answers in zip(self._assembly.layout.columns[1:], self._path.answers[1:], strict=False):
            for box, answer in zip(column.units, answers.tolist(), strict=False):
                if box.height < _LEAST_BOX or not 1 / 3 < box.width / box.height < 3:
                    continue
                text = answer_text(answer)
                width = painter.fontMetrics().horizontalAdvance(text) + 6
                place = QRectF(box.center_x - width / 2, box.bottom - _HEIGHT / 2, width, _HEIGHT)
                painter.setPen(QPen(self._theme.color(Token.LINE), 1))
                painter.setBrush(self._theme.color(Token.CARD))
                painter.drawRoundedRect(place, 4, 4)
                painter.setPen(self._theme.color(Token.TEXT))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def answer_text(value: float) -> str:
    """An activation in at most five characters: −0.98, 3.1, 120."""
    size = abs(value)
    digits = 2 if size < 10 else 1 if size < 100 else 0
    return (f"{value:.{digits}f}" if np.isfinite(value) else "–").replace("-", "−")
