"""The data panel: which examples, how many, how noisy, and how they are dealt to training and test."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.project.changes import Change
from playground.session import Session
from playground.session.language import translated
from playground.views.panels.card import Card, label
from playground.views.panels.data.folds import Folds, Part
from playground.views.panels.data.gallery import Gallery, Groups
from playground.views.panels.data.groups import Group, group_of, help_text, title
from playground.views.panels.data.own_settings import ROW_HEIGHT, OwnSettings
from playground.views.panels.data.sampling import Unusual, Usual
from playground.views.panels.data.yours import Yours
from playground.views.theme import CAPTION_SIZE, Theme, sized_font

_LINES = 5
"""Lines of a description, the title included."""


class DataPanel(Card):
    """Chooses the data set and shapes it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._source: type | None = None
        self.setObjectName("panel.data")
        self.setAccessibleName(self.tr("Data"))
        self.title_row.addWidget(label(self.tr("DATA"), "title", self))
        self.body.setSpacing(6)
        self._groups = Groups(self)
        self._gallery = Gallery(session, theme, self)
        self._yours = Yours(session, theme, self)
        self._description = self._make_description()
        self._own = OwnSettings(session, self)
        self._usual, self._unusual = Usual(session, self), Unusual(session, theme, self)
        self._of_yours = OwnSettings(session, self, own=True)
        self._folds = Folds(session, theme, self)
        self._chooser = self._make_chooser()
        for part in (self._groups, self._chooser, self._usual, self._folds, self._unusual, self._of_yours):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._connect()
        self.refresh()
        self._fit()

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show a button for each of these actions among the user's own data."""
        self._yours.offer(actions)

    @property
    def drawing(self) -> bool:
        """Whether pictures of data sets are still to be drawn."""
        return self._gallery.drawing

    def refresh(self) -> None:
        """Mark the chosen data set and describe it."""
        source = self._session.document.project.data.source
        if type(source) is not self._source:
            self._source = type(source)
            self._groups.show_group(group_of(source))
            self._show_group(self._groups.current)
        self._describe()
        self._gallery.refresh()
        for part in (self._own, self._of_yours, self._yours, self._unusual):
            part.refresh()
        self._folds.refresh(has_own=self._of_yours.rows > 0)
        self._fit()

    def close(self) -> bool:
        """Stop drawing, then close."""
        self._gallery.stop()
        return super().close()

    def minimumSizeHint(self) -> QSize:
        """The size with one part folded away, also while both are seen: the window can always become smaller."""
        width = super().minimumSizeHint().width()
        parts = max(part.sizeHint().height() for part in (self._usual, self._unusual, self._of_yours))
        return QSize(width, self._fixed_height() + self._folds.sizeHint().height() + parts + self.body.spacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Unfold everything where there is room for it."""
        super().resizeEvent(event)
        self._fit()

    def _describe(self) -> None:
        """Tell of the chosen set; while another group is looked at, of that group."""
        source, group = self._session.document.project.data.source, self._groups.current
        here = group_of(source) is group
        heading, sentence = (
            (translated(source.title), translated(source.description)) if here else (title(group), help_text(group))
        )
        self._description.setText(f"<b>{html.escape(heading)}</b><br>{html.escape(sentence)}")
        self._description.setToolTip(sentence)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make_description(self) -> QLabel:
        words = label("", "caption", self)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setMinimumHeight(_LINES * _caption_height())
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        return words

    def _make_chooser(self) -> QWidget:
        """The gallery and, in the same place and of the same height, what belongs to the user."""
        chooser = QWidget(self)
        column = QVBoxLayout(chooser)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._gallery, self._description, self._own, self._yours):
            column.addWidget(part, int(part is self._description))
        chooser.setFixedHeight(self._gallery.height() + self._description.minimumHeight() + ROW_HEIGHT + 12)
        return chooser

    def _connect(self) -> None:
        self.connections.add(self._session.document.changed, self._follow)
        self.connections.add(self._theme.changed, self._recolor)
        self._groups.chosen.connect(self._show_group)
        self._folds.turned.connect(self._fit)

    def _fixed_height(self) -> int:
        """What everything above the sliders takes, and the spacing below it."""
        margins = self.body.contentsMargins()
        above = self.title_row.sizeHint().height() + self._groups.sizeHint().height() + self._chooser.height()
        return margins.top() + margins.bottom() + above + 4 * self.body.spacing()

    def _fit(self, *_news: object) -> None:
        """Show all parts of the sliders, or where room is scarce the one that is asked for."""
        parts = {Part.USUAL: self._usual, Part.UNUSUAL: self._unusual}
        if self._of_yours.rows:
            parts[Part.OWN] = self._of_yours
        sliders = sum(part.sizeHint().height() + self.body.spacing() for part in parts.values())
        roomy = self.height() >= self._fixed_height() + sliders - self.body.spacing()
        self._folds.setVisible(not roomy)
        self._of_yours.setVisible(False)
        for name, part in parts.items():
            part.setVisible(roomy or name is self._folds.part)

    # -- what follows ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & Change.DATA:
            self.refresh()
        self._gallery.follow(change)

    @Slot()
    def _recolor(self) -> None:
        self._gallery.repaint_pictures()
        self._yours.repaint_pictures()
        self._unusual.refresh()
        self._folds.refresh(has_own=self._of_yours.rows > 0)

    @Slot(object)
    def _show_group(self, group: Group) -> None:
        yours = group is Group.YOURS
        here = group_of(self._session.document.project.data.source) is group
        for part in (self._gallery, self._description):
            part.setVisible(not yours)
        self._own.setVisible(here and not yours)
        self._yours.setVisible(yours)
        self._gallery.show_group(group)
        self._describe()


def _caption_height() -> int:
    """The height of a line in small type."""
    return QFontMetrics(sized_font(CAPTION_SIZE)).lineSpacing()
