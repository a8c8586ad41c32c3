"""A "?" on every panel, and the sheets that they open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from playground.session import Session
from playground.views.panels.card import Card
from playground.views.panels.reading.button import HelpButton
from playground.views.panels.tab_card import TabCard
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.views.panels.reading.sheet import LegendSheet


class Legends(QObject):
    """Makes the sheets when they are first wanted.

    Signals:
        term_wanted(str): the glossary is to be opened at a term, by its id.
    """

    term_wanted = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._panels: dict[str, QWidget] = {}
        self._sheets: dict[str, LegendSheet] = {}
        self._tabs: TabCard | None = None

    def attach(self, name: str, panel: QWidget) -> None:
        """Put a "?" on a panel: into its title, or into its corner."""
        self._panels[name] = panel
        button = HelpButton(self._theme, lambda: self.toggle(name))
        if isinstance(panel, Card):
            panel.title_row.addStretch(0)
            panel.title_row.addWidget(button)
        else:
            button.float_over(panel)

    def attach_tabs(self, tabs: TabCard) -> None:
        """One "?" beside the tabs, for the panel that is open."""
        self._tabs = tabs
        tabs.setCornerWidget(HelpButton(self._theme, self.toggle_tab, tabs), Qt.Corner.TopRightCorner)

    def toggle(self, name: str) -> None:
        """Show the legend of a panel, or put it away."""
        self.sheet(name).toggle()

    @Slot()
    def toggle_tab(self) -> None:
        """Likewise for the panel below the network that is open."""
        if (name := self._open_tab()) is not None:
            self.toggle(name)

    def toggle_all(self) -> None:
        """Show the legends of all panels that can be seen, or put all away."""
        names = [name for name, panel in self._panels.items() if panel.isVisible()]
        names += [name for name in (self._open_tab(),) if name is not None]
        sheets = [self.sheet(name) for name in names]
        anything = any(sheet.isVisible() for sheet in sheets)
        for sheet in sheets:
            sheet.hide() if anything else sheet.open()

    def sheet(self, name: str) -> "LegendSheet":
        """The sheet of a panel."""
        if name not in self._sheets:
            from playground.views.panels.reading.sheet import LegendSheet

            panel = self._panels[name] if name in self._panels else self._tab_panels()[name]
            sheet = self._sheets[name] = LegendSheet(name, panel, self._session, self._theme)
            sheet.term_wanted.connect(self.term_wanted)
        return self._sheets[name]

    def _tab_panels(self) -> dict[str, QWidget]:
        return self._tabs.panels if self._tabs is not None else {}

    def _open_tab(self) -> str | None:
        return next((name for name, panel in self._tab_panels().items() if panel.isVisible()), None)
