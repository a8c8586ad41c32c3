"""The dialog that takes a picture of a panel: what, how large, with a preview; to a file or to the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from playground.session import Session
from playground.views.capture import picture

PREVIEW = QSize(460, 300)
"""Pixels of the preview."""

PREVIEW_INTERVAL = 300
"""Milliseconds between two looks of the preview."""

FILTERS = {".png": "PNG (*.png)", ".svg": "SVG (*.svg)", ".pdf": "PDF (*.pdf)"}


class PictureDialog(QDialog):
    """Offers ``subjects``, widgets with their names; ``tell`` shows a sentence about what was done.

    Signals:
        record_wanted(object, int): this widget is to be filmed, so many pixels wide.
    """

    record_wanted = Signal(object, int)

    def __init__(
        self, session: Session, subjects: list[tuple[str, QWidget]], tell: Callable[[str], None], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._session, self._subjects, self._tell = session, subjects, tell
        self.setObjectName("picture")
        self.setWindowTitle(self.tr("Picture of a panel"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.subject, self.width_field = QComboBox(self), QSpinBox(self)
        self._height, self._preview = QLabel(self), QLabel(self)
        self.copy_button, self.save_button = QPushButton(self.tr("&Copy"), self), QPushButton(self.tr("&Save…"), self)
        self.record_button = QPushButton(self.tr("&Film the training"), self)
        self._timer = QTimer(self, interval=PREVIEW_INTERVAL)
        self._build()
        self.subject.currentIndexChanged.connect(self._choose)
        self.width_field.valueChanged.connect(self._tell_size)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_name)
        self.record_button.clicked.connect(self._record)
        self._timer.timeout.connect(self._draw)
        self._choose()

    def _build(self) -> None:
        for name, _ in self._subjects:
            self.subject.addItem(name)
        self.subject.setAccessibleName(self.tr("What the picture shows"))
        self.width_field.setRange(16, picture.LARGEST)
        self.width_field.setSingleStep(100)
        self.width_field.setSuffix(self.tr(" pixels"))
        self.width_field.setAccessibleName(self.tr("Width of the picture"))
        self.width_field.setToolTip(self.tr("SVG and PDF can be enlarged later; a PNG keeps these pixels."))
        self._preview.setFixedSize(PREVIEW)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName(self.tr("Preview"))
        sizes = QHBoxLayout()
        sizes.addWidget(self.width_field)
        sizes.addWidget(self._height, 1)
        form = QFormLayout()
        form.addRow(self.tr("Picture of"), self.subject)
        form.addRow(self.tr("Width"), sizes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.record_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.record_button.setToolTip(self.tr("Take pictures while the network learns, for a GIF, APNG, WebP or MP4"))
        self.copy_button.setToolTip(self.tr("Put the picture on the clipboard"))
        self.save_button.setToolTip(self.tr("Write the picture to a file: PNG, SVG or PDF"))
        self.save_button.setDefault(True)
        box = QVBoxLayout(self)
        box.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(form)
        box.addWidget(buttons)

    # -- what is chosen --------------------------------------------------------------------------------------------

    def chosen(self) -> QWidget:
        """The widget of which a picture is to be taken."""
        return self._subjects[self.subject.currentIndex()][1]

    def save_to(self, path: Path) -> None:
        """Write the picture, and say where it is or why it could not be written."""
        try:
            picture.save(self.chosen(), path, self.width_field.value())
        except picture.PictureError as error:
            self._height.setText(str(error))
            return
        self._session.settings.put("folders/picture", str(path.parent))
        self._tell(self.tr("The picture was written to %s.") % path)
        self.accept()

    @Slot()
    def _choose(self) -> None:
        self.width_field.setValue(2 * self.chosen().width())
        self._tell_size()
        self._draw()

    @Slot()
    def _tell_size(self) -> None:
        height = picture.size(self.chosen(), self.width_field.value()).height()
        self._height.setText(self.tr("× %s pixels") % self.locale().toString(height))

    @Slot()
    def _draw(self) -> None:
        widget, ratio = self.chosen(), self.devicePixelRatioF()
        fitting = widget.size().scaled(PREVIEW, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = picture.image(widget, max(round(fitting.width() * ratio), 1))
        drawn.setDevicePixelRatio(ratio)
        self._preview.setPixmap(QPixmap.fromImage(drawn))

    # -- what the buttons do ---------------------------------------------------------------------------------------

    @Slot()
    def _copy(self) -> None:
        picture.copy(self.chosen(), self.width_field.value())
        self._tell(self.tr("The picture is on the clipboard."))

    @Slot()
    def _record(self) -> None:
        self.record_wanted.emit(self.chosen(), self.width_field.value())
        self.accept()

    @Slot()
    def _ask_name(self) -> None:
        folder = Path(self._session.settings.text("folders/picture", str(Path.home())))
        name = f"{self._session.document.name or 'playground'}.png"
        dialog = QFileDialog(self, self.tr("Save the picture"), str(folder / name), ";;".join(FILTERS.values()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(next(end for end, text in FILTERS.items() if text == chosen)[1:])
        )
        dialog.setDefaultSuffix("png")
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the preview current while the network trains."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop following."""
        super().hideEvent(event)
        self._timer.stop()
