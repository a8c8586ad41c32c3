"""What stands where in the dialog that imports pictures."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
)

from playground.data.pictures import LEAST_SIDE, MOST_SIDE
from playground.views.panels.card import label
from playground.views.pictures.preview import Preview
from playground.views.theme import Theme


class Form:
    """All widgets of the dialog, laid out on it."""

    def __init__(self, dialog: QDialog, theme: Theme) -> None:
        self._dialog = dialog
        self.least = LEAST_SIDE
        tr = dialog.tr
        self.folder = self._button(tr("Choose &folder…"), tr("A folder with one sub-folder for each class"))
        self.files = self._button(tr("Choose f&iles…"), tr("IDX files, an .npz file, or pictures of several folders"))
        self.name: QLabel = label("", "heading", dialog)
        self.side, self.colour = QSpinBox(dialog), QComboBox(dialog)
        self.copies, self.shift, self.turn, self.grain = (
            *(QSpinBox(dialog), QSpinBox(dialog)),
            *(QDoubleSpinBox(dialog), QDoubleSpinBox(dialog)),
        )
        self.preview = Preview(theme)
        self.words = QLabel(dialog)
        self.progress = QProgressBar(dialog)
        self.cancel_reading = self._button(tr("&Stop reading"), tr("Leave these files alone"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
        self.ok: QPushButton = self.buttons.addButton(tr("&Use these pictures"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._set_up()
        self._lay_out()
        self.show_progress(None)
        self.vary_fields(on=False)
        dialog.resize(860, 560)

    def _set_up(self) -> None:
        tr = self._dialog.tr
        self.side.setRange(LEAST_SIDE - 1, MOST_SIDE)
        self.side.setValue(LEAST_SIDE - 1)
        self.side.setSpecialValueText(tr("as they come"))
        self.side.setSuffix(tr(" pixels"))
        self._name(self.side, tr("Width and height of the pictures: the more pixels, the slower the training"))
        self.colour.addItems([tr("as they come"), tr("grey"), tr("in colour")])
        self._name(self.colour, tr("Grey pictures have one number per pixel, those in colour three"))
        self.copies.setRange(0, 50)
        self._name(
            self.copies, tr("Of each training picture so many varied copies are learned, too; not of test pictures")
        )
        self.shift.setRange(0, 16)
        self.shift.setValue(2)
        self.shift.setSuffix(tr(" px"))
        self._name(self.shift, tr("Copies are moved by at most so many pixels"))
        self.turn.setRange(0, 45)
        self.turn.setDecimals(0)
        self.turn.setValue(10)
        self.turn.setSuffix("°")
        self._name(self.turn, tr("Copies are turned by at most so many degrees"))
        self.grain.setRange(0, 0.5)
        self.grain.setSingleStep(0.05)
        self._name(self.grain, tr("How strongly each pixel of a copy is disturbed"))
        self.words.setWordWrap(True)
        self.words.setObjectName("pictures.words")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.progress.setRange(0, 100)
        self.progress.setAccessibleName(tr("Progress of reading"))
        self.ok.setProperty("primary", True)
        for change in (self.ok.style().unpolish, self.ok.style().polish):
            change(self.ok)

    def _lay_out(self) -> None:
        tr = self._dialog.tr
        top, middle, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self._dialog)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        for button in (self.folder, self.files):
            top.addWidget(button)
        top.addSpacing(8)
        top.addWidget(self.name, 1)
        fields = QFormLayout()
        fields.addRow(tr("Si&ze"), self.side)
        fields.addRow(tr("&Colour"), self.colour)
        fields.addRow(tr("&Varied copies"), self.copies)
        fields.addRow(tr("S&hift"), self.shift)
        fields.addRow(tr("&Turn"), self.turn)
        fields.addRow(tr("&Grain"), self.grain)
        area = QScrollArea(self._dialog)
        area.setAccessibleName(self._dialog.windowTitle())
        area.setWidget(self.preview)
        area.setWidgetResizable(True)
        middle.addLayout(fields)
        middle.addSpacing(8)
        middle.addWidget(area, 1)
        reading = QHBoxLayout()
        reading.addWidget(self.progress, 1)
        reading.addWidget(self.cancel_reading)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self.words)
        column.addLayout(reading)
        column.addWidget(self.buttons)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show a sentence about what was found."""
        self.words.setText(text)
        self.words.setProperty("warning", warning)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    @Slot(float)
    def show_progress(self, share: float | None) -> None:
        """Show how far reading is, 0..1; None: nothing is read."""
        for widget in (self.progress, self.cancel_reading):
            widget.setVisible(share is not None)
        if share is not None:
            self.progress.setValue(round(100 * share))

    def vary_fields(self, *, on: bool) -> None:
        """Shift, turn and grain mean something only where there are copies."""
        for field in (self.shift, self.turn, self.grain):
            field.setEnabled(on)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self._dialog)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _name(self, field: QSpinBox | QDoubleSpinBox | QComboBox, tip: str) -> None:
        field.setToolTip(tip)
        field.setAccessibleDescription(tip)
        field.setMinimumWidth(120)
