"""The dialog that imports pictures: from where, how large, what was found, and with which variations."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from playground.data.pictures import PictureError, PictureSet, Wish, read
from playground.data.vary import varied
from playground.project import build, picture_edits
from playground.project.edit import Edit, EditError
from playground.session import Session
from playground.session.job import Job
from playground.session.language import translated
from playground.texts import Text
from playground.views.messages import fill
from playground.views.pictures.form import Form
from playground.views.pictures.preview import SHOWN
from playground.views.scales import number
from playground.views.theme import Theme

SETTLED_MS = 250
"""So long after the last change of the wishes they are read anew."""


class PicturesDialog(QDialog):
    """Reads on a thread of its own; the project stays as it is until the pictures are taken."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None, paths: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self._session, self._paths = session, list(paths)
        self._found: PictureSet | None = None
        self._job: Job | None = None
        self.setObjectName("pictures")
        self.setWindowTitle(self.tr("Import pictures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form(self, theme)
        self._wait = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._wait.timeout.connect(self._read)
        form = self.form
        form.folder.clicked.connect(self._ask_folder)
        form.files.clicked.connect(self._ask_files)
        form.side.valueChanged.connect(self._read_soon)
        form.colour.activated.connect(self._read_soon)
        for field in (form.copies, form.shift, form.turn, form.grain):
            field.valueChanged.connect(self._show_examples)
        form.cancel_reading.clicked.connect(self._cancel)
        form.buttons.accepted.connect(self.accept)
        form.buttons.rejected.connect(self.reject)
        self._show_nothing(self._invitation())
        if self._paths:
            self._read()

    @property
    def reading(self) -> bool:
        """Whether files are being read, or will be soon."""
        return self._job is not None or self._wait.isActive()

    def take(self, paths: Sequence[Path]) -> None:
        """Read other files."""
        self._paths = list(paths)
        self._read()

    # -- reading ---------------------------------------------------------------------------------------------------

    @Slot()
    def _read_soon(self, *_news: object) -> None:
        if self._paths:
            self._wait.start()

    @Slot()
    def _read(self) -> None:
        self._stop()
        if not self._paths:
            return
        paths, wish = tuple(self._paths), self._wish()
        self.form.name.setText(paths[0].name if len(paths) == 1 else self.tr("%s files") % len(paths))
        self._show_nothing(self.tr("Reading…"))
        self.form.show_progress(0.0)
        job = self._job = Job(lambda progress: read(paths, wish, progress.report), self)
        job.progressed.connect(self.form.show_progress)
        job.finished.connect(self._show)
        job.failed.connect(self._refuse)
        job.cancelled.connect(self._cancelled)
        job.start()

    def _wish(self) -> Wish:
        side = self.form.side.value()
        colour = {0: None, 1: False, 2: True}[self.form.colour.currentIndex()]
        return Wish(side if side >= self.form.least else None, colour)

    def _stop(self) -> None:
        self._wait.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.close()
            job.deleteLater()
        self.form.show_progress(None)

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _cancelled(self) -> None:
        self._stop()
        self._show_nothing(self.tr("Reading was cancelled. Choose a folder or files to begin again."))

    @Slot(object)
    def _refuse(self, error: Exception) -> None:
        self._stop()
        if isinstance(error, PictureError):
            self._show_nothing(translated(error.sentence), warning=True)
        elif isinstance(error, MemoryError):
            self._show_nothing(self.tr("There is not enough memory for these pictures."), warning=True)
        else:
            raise error

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _invitation(self) -> str:
        return self.tr(
            "Choose a folder that has one sub-folder of pictures for each class (cat, dog …), or IDX files such as "
            "those of MNIST, or a NumPy archive (.npz)."
        )

    def _show_nothing(self, text: str, *, warning: bool = False) -> None:
        self._found = None
        self.form.preview.show_set(None, [])
        self.form.say(text, warning=warning)
        self.form.ok.setEnabled(False)

    @Slot(object)
    def _show(self, found: PictureSet) -> None:
        self._stop()
        self._found = found
        height, width, channels = found.images.shape[1:]
        text = fill(
            self.tr("%1 pictures of %2 classes, %3, %4."),
            number(len(found.images)),
            str(len(found.class_names)),
            f"{height} × {width}",
            self.tr("grey") if channels == 1 else self.tr("in colour"),
        )
        few = [name for name, count in zip(found.class_names, found.counts, strict=True) if count < 2]
        if few:
            text += " " + fill(self.tr("%1 has one picture only: nothing is left to test it."), few[0])
        self.form.say(" ".join((text, *map(translated, found.notes))), warning=bool(found.notes or few))
        self.form.ok.setEnabled(True)
        self.form.ok.setDefault(True)
        self._show_examples()

    @Slot()
    def _show_examples(self, *_news: object) -> None:
        """Some of each class, varied where copies are wanted."""
        found, form = self._found, self.form
        form.vary_fields(on=form.copies.value() > 0)
        if found is None:
            return
        shown: list[NDArray[np.uint8]] = []
        for label in range(len(found.class_names)):
            pictures = found.images[np.flatnonzero(found.labels == label)[:SHOWN]]
            if form.copies.value():
                rng = np.random.default_rng([self._session.document.project.data.seed, label])
                examples = pictures.astype(np.float32) / np.float32(255)
                moved = varied(examples, form.shift.value(), form.turn.value(), form.grain.value(), rng)
                pictures = np.rint(moved * 255).astype(np.uint8)
            shown.append(pictures)
        form.preview.show_set(found, shown)

    # -- choosing --------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of pictures"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    @Slot()
    def _ask_files(self) -> None:
        filters = self.tr("Pictures (*.npz *ubyte *.gz *.idx *.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)")
        dialog = QFileDialog(self, self.tr("Files of pictures"), "", f"{filters};;" + self.tr("All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.open()

    def accept(self) -> None:
        """Make the pictures the data set."""
        found, form, document = self._found, self.form, self._session.document
        if found is None:
            return
        source = picture_edits.source_of(
            found,
            copies=form.copies.value(),
            shift=form.shift.value(),
            turn=form.turn.value(),
            grain=form.grain.value(),
        )
        try:
            edit = picture_edits.use(document.project, source, Text("Import pictures %1", source.name))
        except EditError as error:
            self.form.say(translated(error.args[0]), warning=True)
            return
        self._stop()
        self.form.ok.setEnabled(False)
        self.form.show_progress(1.0)
        self._job = Job(lambda _: build.prepare(edit.project), self)
        self._job.finished.connect(lambda _: self._use(edit))
        self._job.failed.connect(self._refuse)
        self._job.start()

    def _use(self, edit: Edit) -> None:
        """Take what was prepared beside the window."""
        self._stop()
        try:
            self._session.document.apply(edit)
        except EditError as error:
            self.form.say(translated(error.args[0]), warning=True)
            return
        super().accept()

    def done(self, result: int) -> None:
        """End the reading, then close."""
        self._stop()
        build.forget_prepared()
        super().done(result)
