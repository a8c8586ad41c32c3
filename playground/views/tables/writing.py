"""How a table is written: what was found, to be changed."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from playground.data.tables.dialect import DELIMITERS, ENCODINGS, Dialect


class Writing(QWidget):
    """A row with delimiter, decimal sign, encoding and whether there is a row of names.

    Signals:
        edited(): the user changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delimiter, self.decimal, self.encoding = QComboBox(self), QComboBox(self), QComboBox(self)
        self.header = QCheckBox(self.tr("First row holds &names"), self)
        titles = (self.tr("Comma  ,"), self.tr("Semicolon  ;"), self.tr("Tab"), self.tr("Bar  |"))
        for sign, title in zip(DELIMITERS, titles, strict=True):
            self.delimiter.addItem(title, sign)
        self.decimal.addItem(self.tr("Point  1.5"), False)
        self.decimal.addItem(self.tr("Comma  1,5"), True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for combo, title, name, tip in (
            (self.delimiter, self.tr("&Delimiter"), "delimiter", self.tr("The sign between two cells")),
            (self.decimal, self.tr("Decimal &sign"), "decimal", self.tr("The sign before the decimals of a number")),
            (self.encoding, self.tr("&Encoding"), "encoding", self.tr("How letters stand in the file; see the names")),
        ):
            caption = QLabel(title, self)
            caption.setBuddy(combo)
            combo.setObjectName(f"table.{name}")
            combo.setAccessibleName(title.replace("&", ""))
            combo.setToolTip(tip)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            row.addWidget(caption)
            row.addWidget(combo)
            row.addSpacing(8)
            combo.activated.connect(self._tell)
        self.header.setObjectName("table.header")
        self.header.setToolTip(self.tr("Whether the first row holds the names of the columns"))
        self.header.clicked.connect(self._tell)
        row.addWidget(self.header)
        row.addStretch(1)

    def show_dialect(self, dialect: Dialect) -> None:
        """Show how a table is written."""
        with QSignalBlocker(self):
            self.delimiter.setCurrentIndex(self.delimiter.findData(dialect.delimiter))
            self.decimal.setCurrentIndex(int(dialect.decimal_comma))
            self.encoding.clear()
            for name in dict.fromkeys((*ENCODINGS, dialect.encoding)):
                self.encoding.addItem(name.replace("cp1252", "Windows-1252").replace("utf-8-sig", "utf-8 (BOM)"), name)
            self.encoding.setCurrentIndex(self.encoding.findData(dialect.encoding))
            self.header.setChecked(dialect.header)

    def dialect(self) -> Dialect:
        """What is chosen."""
        chosen = Dialect(header=self.header.isChecked(), decimal_comma=bool(self.decimal.currentData()))
        return replace(chosen, delimiter=self.delimiter.currentData(), encoding=self.encoding.currentData())

    @Slot()
    def _tell(self) -> None:
        self.edited.emit()
