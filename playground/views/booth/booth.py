"""The drawing booth: pad on the left, classes with their bars in the middle, what was collected on the right."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from playground.data.drawings import SIDES
from playground.project import drawing_edits
from playground.project.changes import Change
from playground.project.edit import Edit, EditError
from playground.session import Session
from playground.session.language import translated
from playground.training.records import RunState, Snapshot
from playground.views.booth.eye import Eye
from playground.views.booth.layout import Parts
from playground.views.booth.strokes import ink, shrunk
from playground.views.colormap import example_image
from playground.views.forms import percent
from playground.views.messages import fill
from playground.views.panels.card import Connections
from playground.views.scales import number
from playground.views.theme import Theme

EPOCHS = 150
"""So long one press of Train trains."""
FAINT = 0.02
"""A drawing with less ink is none."""
_FILTER = "Drawings (*.npz)"


class Booth(QDialog):
    """A window beside the main one. Everything it collects stands in the project: closing it loses nothing.

    ``add_files``: what is done with files of drawings that are chosen here.
    """

    def __init__(
        self, session: Session, theme: Theme, parent: QWidget | None, add_files: Callable[[Sequence[Path]], object]
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._add_files = session, theme, add_files
        self._connections = Connections()
        self.setObjectName("booth")
        self.setWindowTitle(self.tr("Drawing booth"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.parts = Parts(self, theme)
        self.eye = Eye(session, self)
        self._collecting = not (self.eye.possible and not drawing_edits.is_drawn(session.document.project))
        self._connect()
        self._add_keys()
        self.refresh()
        self.parts.pad.setFocus()

    def sizeHint(self) -> QSize:
        """Low, so that the layers on the canvas stay in sight on a small screen."""
        return QSize(1000, 350)

    def _connect(self) -> None:
        parts, document, trainer = self.parts, self._session.document, self._session.trainer
        parts.pad.changed.connect(self._look)
        parts.classes.pressed.connect(self.collect)
        parts.classes.renamed.connect(
            lambda label, name: self._apply(lambda project: drawing_edits.rename_class(project, label, name))
        )
        parts.strip.unwanted.connect(lambda rows: self._apply(lambda project: drawing_edits.remove(project, rows)))
        for button, act in (
            (parts.undo, self._undo),
            (parts.clear, parts.pad.clear),
            (parts.add_class, self._add_class),
            (parts.rename, self._rename),
            (parts.remove_class, self._remove_class),
            (parts.delete, parts.strip.delete),
            (parts.train, self.train),
            (parts.save, self._ask_name),
            (parts.load, self._ask_files),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        parts.brushes.idClicked.connect(parts.use_brush)
        parts.modes.idClicked.connect(self._choose_mode)
        parts.side.activated.connect(self._choose_side)
        parts.strip.selectionModel().selectionChanged.connect(self._show_chosen)
        self.eye.seen.connect(self._show_seen)
        self.eye.said.connect(self._show_said)
        self._connections.add(document.changed, self._follow)
        self._connections.add(trainer.counted, self._count)
        self._connections.add(trainer.run_state, self._show_state)
        self._connections.add(self._theme.changed, self.refresh)
        self._connections.add(self._theme.changed, parts.recolor)

    def _add_keys(self) -> None:
        for place in range(10):
            digit = QShortcut(QKeySequence(str((place + 1) % 10)), self)
            digit.activated.connect(lambda label=place: self.collect(label))
        for key, act in (
            (QKeySequence.StandardKey.Undo, self._undo),
            (QKeySequence.StandardKey.Redo, self._session.document.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the present drawings, classes and network."""
        project, parts = self._session.document.project, self.parts
        now = drawing_edits.drawings(project)
        testable = self.eye.possible
        if not testable:
            self._collecting = True
        drawn = drawing_edits.is_drawn(project)
        parts.modes.button(0 if self._collecting else 1).setChecked(True)
        parts.modes.button(1).setEnabled(testable)
        if self._collecting:
            parts.classes.show_classes(now.class_names, now.counts)
        else:
            parts.classes.show_classes(project.data.source.class_names, None)
        parts.show_mode(collecting=self._collecting)
        parts.strip.drawings.show(now)
        parts.side.setCurrentIndex(SIDES.index(now.side))
        parts.add_class.setEnabled(len(now.class_names) < 10)
        for button in (parts.rename, parts.remove_class):
            button.setEnabled(bool(now.class_names))
        parts.save.setEnabled(bool(sum(now.counts)))
        parts.title.setText(self._title(now.counts, drawn=drawn))
        parts.pad.hint = self._hint()
        parts.pad.update()
        self._show_chosen()
        self._show_state()
        self._advise(now.counts, drawn=drawn)
        self._look()

    def _advise(self, counts: tuple[int, ...], *, drawn: bool) -> None:
        """Say what to do next, unless the run or a deed has something to tell."""
        least = drawing_edits.LEAST_EACH
        if not self._collecting:
            self.tell(self.tr("Draw on the pad: the network says what it takes it for."))
        elif sum(count >= least for count in counts) < 2:
            self.tell(fill(self.tr("Draw at least %1 of each of two classes, ten are better. Then train."), str(least)))
        elif not drawn:
            self.tell(self.tr("Enough to begin with: train on the drawings, then draw and watch the bars."))

    def _title(self, counts: tuple[int, ...], *, drawn: bool) -> str:
        if not self._collecting and not drawn:
            return fill(self.tr("Classes of “%1”"), translated(self._session.document.project.data.source.title))
        return fill(self.tr("Classes · drawings: %1"), number(sum(counts)))

    def _hint(self) -> str:
        if self._collecting:
            return self.tr("Draw here, then press the class that it shows, or its key.")
        return self.tr("Draw here, and the bars show what the network thinks it is.")

    @Slot()
    def _look(self) -> None:
        self.parts.undo.setEnabled(not self.parts.pad.empty)
        self.parts.clear.setEnabled(not self.parts.pad.empty)
        self.eye.look(self.parts.pad.strokes)

    @Slot(object)
    def _show_seen(self, picture: Any) -> None:
        colors = self._theme.picture_colors(self._session.document.project.data.source.drawn)
        self.parts.show_seen(None if picture is None else example_image(picture, *colors))

    @Slot(object)
    def _show_said(self, values: Any) -> None:
        classes, names = self.parts.classes, self._session.document.project.data.source.class_names
        if values is None:
            classes.show_probabilities(None)
            return
        known = dict(zip(names, np.asarray(values).tolist(), strict=False))
        if not any(name in known for name in classes.shown):
            classes.show_probabilities(None)
            return
        classes.show_probabilities([known.get(name, 0.0) for name in classes.shown])

    @Slot()
    def _show_chosen(self, *_news: object) -> None:
        self.parts.delete.setEnabled(bool(self.parts.strip.chosen))

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & (Change.DRAWINGS | Change.DATA | Change.NETWORK):
            self.refresh()

    @Slot()
    def _show_state(self, *_news: object) -> None:
        self.parts.train.setText(self.tr("Pause") if self._pauses else self.tr("&Train on the drawings"))
        if latest := self._session.trainer.latest:
            self._count(latest)

    @property
    def _pauses(self) -> bool:
        """Whether the button pauses: other data that are being learned give way to the drawings, if there are any."""
        project = self._session.document.project
        mine = drawing_edits.is_drawn(project) or not sum(drawing_edits.drawings(project).counts)
        return mine and self._session.trainer.state is RunState.RUNNING

    @Slot(object)
    def _count(self, snapshot: Snapshot) -> None:
        counters = snapshot.counters
        if not drawing_edits.is_drawn(self._session.document.project) or not counters.epoch:
            return
        text = fill(self.tr("Epoch %1"), number(counters.epoch))
        if counters.test_metric is not None:
            text += " · " + fill(
                self.tr("%1 of the drawings kept for testing are right"), percent(counters.test_metric)
            )
        self.tell(text)

    def tell(self, text: str, *, warning: bool = False) -> None:
        """Show a sentence in the line at the bottom."""
        words = self.parts.words
        if text != words.text() or bool(words.property("warning")) is not warning:
            words.setText(text)
            words.setProperty("warning", warning)
            words.style().unpolish(words)
            words.style().polish(words)

    # -- what is done ----------------------------------------------------------------------------------------------

    def _apply(self, make: Callable[[Any], Edit]) -> bool:
        """Apply an edit of the drawings; what cannot be done is said."""
        document = self._session.document
        try:
            document.apply(make(document.project))
        except EditError as error:
            self.tell(translated(error.args[0]), warning=True)
            return False
        return True

    @Slot(int)
    def collect(self, label: int) -> None:
        """Keep the drawing as one of a class, and begin a new one."""
        now = drawing_edits.drawings(self._session.document.project)
        if not self._collecting or label >= len(now.class_names):
            return
        fine = ink(self.parts.pad.strokes)
        if fine.mean() < FAINT / 10:
            self.tell(self.tr("The pad is empty: draw something first, then press its class."), warning=True)
            return
        if self._apply(lambda project: drawing_edits.add(project, shrunk(fine, now.side), label)):
            self.parts.pad.clear()
            self.parts.pad.setFocus()

    @Slot()
    def train(self) -> None:
        """Make the drawings the data set and train for a while; pause when it runs."""
        trainer = self._session.trainer
        if self._pauses:
            trainer.pause()
            return
        if not self._apply(drawing_edits.learn):
            return
        self._collecting = True
        state = trainer.capture()
        if state is None:
            self.tell(translated(trainer.problems[0].sentence) if trainer.problems else "", warning=True)
            return
        trainer.train(state.epoch + EPOCHS)

    @Slot()
    def _undo(self) -> None:
        """Take back a stroke, or else the last step of the project."""
        if self.parts.pad.empty:
            self._session.document.undo()
        else:
            self.parts.pad.undo()

    def _add_class(self) -> None:
        names = drawing_edits.drawings(self._session.document.project).class_names
        number = next(at for at in range(len(names) + 1, 100) if f"class {at}" not in names)
        if self._apply(lambda project: drawing_edits.add_class(project, f"class {number}")):
            QTimer.singleShot(0, self, self.parts.classes.buttons[-1].rename)

    def _rename(self) -> None:
        label = self.parts.classes.current
        if label is not None:
            self.parts.classes.buttons[label].rename()

    def _remove_class(self) -> None:
        label = self.parts.classes.current
        if label is not None:
            self._apply(lambda project: drawing_edits.remove_class(project, label))

    @Slot(int)
    def _choose_mode(self, mode: int) -> None:
        self._collecting = mode == 0
        self.refresh()

    @Slot(int)
    def _choose_side(self, place: int) -> None:
        if SIDES[place] != drawing_edits.drawings(self._session.document.project).side:
            self._apply(lambda project: drawing_edits.set_side(project, SIDES[place]))

    def _ask_name(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the drawings"), str(Path.home() / "drawings.npz"), _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("npz")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the drawings to a file of their own, to be added on another machine."""
        from playground.data.pictures import PictureError, write  # seldom wanted

        now = drawing_edits.drawings(self._session.document.project)
        try:
            write(path, now.block["images"], now.block["labels"], now.class_names)
        except PictureError as error:
            self.tell(translated(error.sentence), warning=True)
            return
        self.tell(fill(self.tr("Saved as %1. Drop it on the window of another machine to add it there."), path.name))

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Add drawings from files"), "", self.tr("Drawings (*.npz *.playground)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self._add_files([Path(name) for name in names]))
        dialog.open()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop looking."""
        self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Stop looking, also when Esc closes."""
        self._end()
        super().done(result)

    def _end(self) -> None:
        self._connections.undo()
        self.eye.close()
