"""What a control is: its name, a sentence or two about it, and the terms that belong to it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QListWidget,
    QTabBar,
    QTabWidget,
    QWidget,
)

from playground.lessons.control_help import ControlHelp, help_for
from playground.lessons.glossary import bundled
from playground.session.language import translated
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.header import LayerHeader
from playground.views.help.canvas_spots import layer_kind, spot
from playground.views.panels.tab_card import Page


@dataclass(frozen=True)
class Subject:
    """What help is about. ``place``: what to ring, within ``widget``. ``terms``: ids, the most important first."""

    widget: QWidget
    place: QRect
    title: str
    text: str
    terms: tuple[str, ...]


def subject_of(widget: QWidget, at: QPoint | None = None) -> Subject | None:
    """The help for a control, or for what is drawn at a place within it; None where nothing is known.

    The nearest widget around it that the table of controls names gives the terms; the nearest one with a tool-tip, a
    description or an entry of its own gives the words.
    """
    painted = _painted(widget, at)
    if painted is not None:
        return painted
    entry, owner = _entry(widget)
    speaker: QWidget | None = widget
    while speaker is not None:
        own = entry if speaker is owner else None
        words = (translated(own.text) if own is not None and own.text else "") or _words(speaker)
        if words:
            terms = entry.terms if entry is not None else ()
            return Subject(speaker, speaker.rect(), _name(speaker, own), words, _first(_kind(widget), terms))
        speaker = None if speaker.isWindow() else speaker.parentWidget()
    return None


def terms_for(name: str) -> tuple[str, ...]:
    """The terms of a control by its object name."""
    entry = help_for(name)
    return entry.terms if entry is not None else ()


def _entry(widget: QWidget) -> tuple[ControlHelp | None, QWidget | None]:
    """The nearest entry of the table, and the widget that it is about."""
    around: QWidget | None = widget
    while around is not None:
        names = (around.objectName(), *(f"type:{kind.__name__}" for kind in type(around).__mro__))
        found = next((entry for name in names if (entry := help_for(name)) is not None), None)
        if found is not None:
            return found, around
        around = around.parentWidget()
    return None, None


def _painted(widget: QWidget, at: QPoint | None) -> Subject | None:
    """What is not a widget of its own: a tab, or a part of the drawn network."""
    if at is None:
        return None
    if isinstance(widget, QTabBar):
        return _tab(widget, at)
    owner = widget.parentWidget()
    if isinstance(owner, QListWidget) and widget is owner.viewport():
        return _row(owner, at)
    around: QWidget | None = widget
    while around is not None and not isinstance(around, NetworkCanvas):
        around = around.parentWidget()
    if around is None or widget is not around.assembly.surface:
        return None
    found = spot(around.assembly, at.x(), at.y())
    entry = help_for(found.name) if found is not None else None
    if found is None or entry is None:
        return None
    words = " ".join(part for part in (found.words, translated(entry.text)) if part)
    return Subject(widget, found.place, translated(entry.title), words, _first(found.kind, entry.terms))


def _kind(widget: QWidget) -> str:
    """What is chosen in a box of losses, optimizers or activations, or which layer it is, as the glossary calls it."""
    if isinstance(widget, QComboBox):
        return f"{widget.objectName().rpartition('.')[2]}:{widget.currentData()}"
    head = widget if isinstance(widget, LayerHeader) else widget.parentWidget()
    return f"layer:{layer_kind(head.title.text())}" if isinstance(head, LayerHeader) else ""


def _first(kind: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms, before them the one that a kind has."""
    term = bundled().by_kind.get(kind)
    return terms if term is None else (term.id, *(id for id in terms if id != term.id))


def _row(rows: QListWidget, at: QPoint) -> Subject | None:
    """A row of a list that tells about itself, such as a kind of layer that is offered."""
    row = rows.itemAt(at)
    if row is None or not row.toolTip() or row.toolTip() == row.text():
        return None
    entry, _ = _entry(rows)
    terms = _first(f"layer:{layer_kind(row.text())}", entry.terms if entry is not None else ())
    return Subject(rows.viewport(), rows.visualItemRect(row), row.text(), _sentence(row.toolTip()), terms)


def _tab(bar: QTabBar, at: QPoint) -> Subject | None:
    tabs, place = bar.parentWidget(), bar.tabAt(at)
    page = tabs.widget(place) if isinstance(tabs, QTabWidget) and place >= 0 else None
    entry = help_for(f"tab.{page.name}") if isinstance(page, Page) else None
    if entry is None:
        return None
    return Subject(bar, bar.tabRect(place), translated(entry.title), translated(entry.text), entry.terms)


def _words(widget: QWidget) -> str:
    """What a widget says about itself, as plain text; "" when it says nothing."""
    return _sentence(widget.whatsThis() or widget.toolTip() or widget.accessibleDescription())


def _sentence(text: str) -> str:
    """A tool-tip as plain text that ends as a sentence does."""
    told = plain(text)
    return told if told.endswith((".", "!", "?", "…", ")", "।")) or not told else f"{told}."


def _name(widget: QWidget, entry: ControlHelp | None) -> str:
    """What a control is called: by the table, its accessible name, the words on it or beside it."""
    if entry is not None and entry.title:
        return translated(entry.title)
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text().replace("&", "").rstrip("…")
    parent = widget.parentWidget()
    for beside in parent.findChildren(QLabel) if parent is not None else ():
        if beside.buddy() is widget:
            return beside.text().replace("&", "")
    if isinstance(widget, (QDialog, QDockWidget)) and widget.windowTitle():
        return widget.windowTitle()
    return QCoreApplication.translate("Help", "What is this?")


def plain(text: str) -> str:
    """A tool-tip without markup and pictures, on one line."""
    if "<" in text:
        text = QTextDocumentFragment.fromHtml(text).toPlainText().replace("\ufffc", " ")
    return " ".join(text.split())
