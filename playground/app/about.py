"""The About box: version, libraries with their versions and licences, and the notices that these ask for."""

import locale
import platform
import sys
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from playground import __version__
from playground.app import components
from playground.app.app_icon import app_icon
from playground.session.language import translated

NAME = "Deep Learning Playground"


def tr(text: str) -> str:
    """A text of the About box in the language of the user."""
    return QCoreApplication.translate("about", text)


def details() -> str:
    """Versions and system as plain text, one a line: what a report of a fault needs."""
    return "\n".join(
        [
            f"{NAME} {__version__} ({'packaged' if getattr(sys, 'frozen', False) else 'from source'})",
            *(f"{component.name} {component.version}" for component in components.COMPONENTS),
            f"Qt {qVersion()}, platform {QGuiApplication.platformName()}",
            f"System {platform.platform()}, {platform.machine()}",
            f"Language {locale.getlocale()[0] or 'C'}",
        ]
    )


def page() -> str:
    """What the box says, as formatted text."""
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.version)}</td><td>{escape(one.licence)}</td>"
        f"<td>{escape(translated(one.use))}</td></tr>"
        for one in components.COMPONENTS
    )
    head = "".join(f"<th align='left'>{text}</th>" for text in (tr("Library"), tr("Version"), tr("Licence"), tr("For")))
    qt = tr(
        "Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. They are shared "
        "libraries that you may replace by your own. Their source code: %s"
    )
    return (
        f"<p>{tr('Build a neural network by hand, press Train and see it learn.')}</p>"
        f"<p>{tr('MIT licence. The program has no network code and sends nothing anywhere.')}</p>"
        f"<table cellpadding='3'><tr>{head}</tr>{rows}</table>"
        f"<p>{qt % f'<a href={chr(34)}{components.QT_SOURCES}{chr(34)}>{components.QT_SOURCES}</a>'}</p>"
    )


class AboutBox(QDialog):
    """Shows the page; its buttons copy the details and open the notices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.about")
        self.setWindowTitle(tr("About"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 480)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        title = QLabel(f"<h2>{NAME}</h2>{tr('Version %s') % __version__}")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(picture)
        head.addWidget(title, 1)
        text = QTextBrowser(openExternalLinks=True)
        text.setAccessibleName(tr("Libraries and licences"))
        text.setHtml(page())
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(text, 1)
        layout.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        for name, text, act in (
            ("copy", tr("&Copy details"), self.copy_details),
            ("notices", tr("&Third-party notices"), self.show_notices),
        ):
            button = QPushButton(text, autoDefault=False)
            button.setObjectName(f"button.about.{name}")
            button.clicked.connect(act)
            box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return box

    def copy_details(self) -> None:
        """Put versions and system on the clipboard."""
        QGuiApplication.clipboard().setText(details())

    def show_notices(self) -> None:
        """Open the licence texts of everything that is shipped."""
        NoticesBox(self).open()


class NoticesBox(QDialog):
    """The licence texts, to be read and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.notices")
        self.setWindowTitle(tr("Third-party notices"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 600)
        text = QPlainTextEdit(components.notices(), readOnly=True)
        text.setAccessibleName(self.windowTitle())
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(box)


def show(parent: QWidget) -> None:
    """Open the About box over ``parent``; does not block."""
    AboutBox(parent).open()
