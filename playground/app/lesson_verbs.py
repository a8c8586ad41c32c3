"""What the actions around lessons do: the tour, the list of lessons, and the panel with the ring of the present one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow

from playground.app import deeds, keyboard, layout
from playground.session import Session
from playground.views.panels.tab_card import TabCard
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.lessons.lesson import Lesson
    from playground.views.lessons.browser import LessonBrowser
    from playground.views.lessons.guide_panel import GuidePanel
    from playground.views.lessons.ring import Ring

NAME, WIDTH, HEIGHT = "lesson", 430, 228
"""Of the dock; it takes this width from the plots."""


class LessonVerbs(QObject):
    """Handlers of the entries for lessons in the menu Learn. All is loaded and made when a lesson is first wanted.

    ``make_sure``: called with what opens another project, to ask about unsaved changes before.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        theme: Theme,
        make_sure: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._theme, self._make_sure = window, session, theme, make_sure
        self._actions: Mapping[str, QAction] = {}
        self.open_term: Callable[[str], object] = lambda term: None
        self.dock: QDockWidget | None = None
        self.panel: GuidePanel | None = None
        self.ring: Ring | None = None
        self._browser: LessonBrowser | None = None

    def link(self, actions: Mapping[str, QAction], tabs: TabCard, plots: QDockWidget) -> None:
        """Take what lessons watch in the window; ``plots``: the dock beside which a lesson stands at first."""
        self._actions, self._tabs, self._plots = actions, tabs, plots

    @property
    def browser(self) -> "LessonBrowser":
        """The list of all lessons."""
        from playground.views.lessons.browser import LessonBrowser

        if self._browser is None:
            self._browser = LessonBrowser(self._session.guide, self._theme, self._window)
            self._browser.wanted.connect(self.begin)
        return self._browser

    @Slot()
    def tour(self) -> None:
        """Begin the tour, or go on with it."""
        from playground.lessons.library import TOUR

        course = self._session.guide.progress.course(TOUR)
        self.begin(TOUR, anew=course.finished or course.step == 0)

    @Slot()
    def choose(self) -> None:
        """Show the list of all lessons."""
        self.browser.open()

    @Slot(str, bool)
    def begin(self, name: str, anew: bool = True) -> None:
        """Begin a bundled lesson, at its first step or where it stands."""
        from playground.lessons import library

        guide, lesson = self._session.guide, library.load(name)
        if not anew and guide.at_hand(lesson):
            guide.go_on(lesson, name)
            self.show()
            return
        self._open(lesson, name, 0 if anew else guide.progress.step(name))

    def play(self, lesson: "Lesson") -> None:
        """Begin a lesson from a file."""
        self._open(lesson)

    def play_file(self, path: Path) -> None:
        """Read a lesson file and begin it.

        Raises:
            LessonError: when it is no sound lesson; a sentence, and the project stays as it is.
        """
        from playground.lessons import reader

        self.play(reader.load(path))

    def _open(self, lesson: "Lesson", name: str = "", step: int = 0) -> None:
        def open_it() -> None:
            self._session.guide.begin(lesson, name, step)
            self.show()

        self._make_sure(open_it)

    def resume(self) -> None:
        """Go on with the lesson of the last time, if one was under way."""
        if self._session.settings.text("lessons/present") and (
            self._session.guide.lesson is not None or self._session.guide.resume()
        ):
            self.show()

    def show(self) -> None:
        """Show the panel of the lesson that is under way."""
        self._make()
        assert self.dock is not None
        assert self.panel is not None
        self.dock.show()
        self.dock.raise_()
        self.panel.refresh()

    def close(self) -> None:
        """Stop listening."""
        if self.panel is not None and self.ring is not None:
            self.panel.close()
            self.ring.show_around("")
            self._session.guide.changed.disconnect(self._follow)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        from playground.views.lessons.guide_panel import GuidePanel
        from playground.views.lessons.ring import Ring

        if self.panel is not None:
            return
        window, guide = self._window, self._session.guide
        guide.make_sure = self._make_sure
        self.panel, self.ring = GuidePanel(guide, self._theme), Ring(self._theme, window)
        keyboard.leave_focus_on_click(self.panel)
        bottom = layout.AREAS.BottomDockWidgetArea
        self.dock = layout.add_dock(window, self._theme, NAME, self.tr("Lesson"), self.panel, bottom)
        if not window.restoreDockWidget(self.dock):
            window.splitDockWidget(self._plots, self.dock, Qt.Orientation.Horizontal)
            widths = [window.width() - WIDTH, WIDTH]
            window.resizeDocks([self._plots, self.dock], widths, Qt.Orientation.Horizontal)
            window.resizeDocks([self.dock], [max(HEIGHT, self._plots.height())], Qt.Orientation.Vertical)
        self.panel.step_shown.connect(self.ring.show_around)
        self.panel.lesson_wanted.connect(self.begin)
        self.panel.list_wanted.connect(self.choose)
        self.panel.term_wanted.connect(self.open_term)
        guide.changed.connect(self._follow)
        self._listen()

    def _listen(self) -> None:
        """Tell the guide what is done in the window."""
        guide = self._session.guide
        deeds.tell(self._window, self._actions, self._tabs, guide.note, guide.show_panel)
        guide.show_panel(self._tabs.current_name)

    @Slot()
    def _follow(self) -> None:
        """A lesson that was left takes its panel and ring away."""
        if self._session.guide.lesson is None and self.dock is not None and self.ring is not None:
            self.dock.hide()
            self.ring.show_around("")
