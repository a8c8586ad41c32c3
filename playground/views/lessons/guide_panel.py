"""The lesson beside the diagram: what the step is about, what to do, hints, and where the lesson stands."""

import html
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from playground.lessons import library
from playground.session.language import translated
from playground.session.lesson_guide import LessonGuide
from playground.views.help.autolink import linked
from playground.views.icons import icon
from playground.views.lessons.guess_row import GuessRow
from playground.views.panels.card import Card, label
from playground.views.theme import Theme, Token

WANTED = QSize(400, 196)
DOT = 16


class GuidePanel(Card):
    """The present step of a lesson; at the end, what was learned.

    Signals:
        step_shown(str): a step is shown; the name of the control that it is about, "" for none.
        lesson_wanted(str): a bundled lesson is to begin.
        list_wanted(): the list of all lessons is to open.
        term_wanted(str): the glossary is to open at a term, by its id.
    """

    step_shown = Signal(str)
    lesson_wanted = Signal(str)
    list_wanted = Signal()
    term_wanted = Signal(str)

    def __init__(self, guide: LessonGuide, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.lesson")
        self.setAccessibleName(self.tr("Lesson"))
        self._guide, self._theme = guide, theme
        self._ended = False
        self._shown: tuple[object, ...] = ()
        self.title = label("", "heading", self)
        self.count = label("", "caption", self)
        self.leave_button = QToolButton(self)
        self.leave_button.setProperty("quiet", True)
        self.leave_button.setObjectName("lesson.leave")
        self.leave_button.setToolTip(self.tr("Leave the lesson; it can be gone on with at any step"))
        self.leave_button.setAccessibleName(self.tr("Leave the lesson"))
        self.leave_button.setIconSize(QSize(14, 14))
        for widget in (self.title, self.count):
            self.title_row.addWidget(widget)
        self.title_row.addStretch(1)
        self.dots = _Dots(theme, self)
        self.title_row.addWidget(self.dots)
        self.title_row.addWidget(self.leave_button)
        self.text = QLabel(self)
        self.text.setObjectName("lesson.text")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        self.text.linkActivated.connect(self.term_wanted)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_hint_in_sight)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.text)
        column.addStretch(1)
        self._area.setWidget(holder)
        self._area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        self.guesses = GuessRow(guide, self)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.guesses)
        self.body.addLayout(self._buttons())
        self._connect()
        self.refresh()

    def sizeHint(self) -> QSize:
        """Room for a step of usual length."""
        return WANTED

    def refresh(self) -> None:
        """Show the present step."""
        guide = self._guide
        if guide.lesson is None:
            return
        self._ended = self._ended and guide.finished
        answers = (guide.ticked, guide.hints_shown, guide.guessed)
        shown = (guide.lesson, guide.step, *answers, self._ended, self._theme.mode)
        new = shown[:2] != self._shown[:2] or self._ended
        if shown != self._shown:
            self._shown = shown
            self._write()
            if new:
                self._area.verticalScrollBar().setValue(0)
        self.step_shown.emit("" if self._ended or guide.present is None else guide.present.control)

    @Slot(int, int)
    def _keep_hint_in_sight(self, _least: int, most: int) -> None:
        """The newest hint stands at the end; the text grows only after it was set."""
        if self._guide.hints_shown and not self._ended:
            self._area.verticalScrollBar().setValue(most)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.hint_button = self._button("lesson.hint", self.tr("Hint"), self.tr("Show one more hint for this step"))
        self.again_button = self._button(
            "lesson.again", self.tr("Start over"), self.tr("Open the project of this step anew; Undo takes that back")
        )
        self.back_button = self._button("lesson.back", self.tr("Back"), self.tr("Go to the step before"))
        self.next_button = self._button("lesson.next", self.tr("Next"), self.tr("Go to the next step"))
        for button in (self.hint_button, self.again_button):
            button.setProperty("link", True)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        return row

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        guide = self._guide
        self.hint_button.clicked.connect(guide.hint)
        self.again_button.clicked.connect(guide.begin_again)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.leave_button.clicked.connect(guide.leave)
        self.dots.chosen.connect(self._go_to)
        self.connections.add(guide.changed, self.refresh)
        self.connections.add(self._theme.changed, self._recolor)
        self._recolor()

    @Slot()
    def _recolor(self) -> None:
        self.leave_button.setIcon(icon("close", self._theme))
        self.refresh()

    @Slot()
    def _next(self) -> None:
        guide = self._guide
        if self._ended:
            following = self._following()
            self.lesson_wanted.emit(following) if following else self.list_wanted.emit()
        elif guide.lesson is not None and guide.step == len(guide.lesson.steps) - 1:
            self._ended = True
            self.refresh()
        else:
            guide.next()

    @Slot()
    def _back(self) -> None:
        if self._ended:
            self._ended = False
            self.refresh()
        else:
            self._guide.back()

    @Slot(int)
    def _go_to(self, step: int) -> None:
        self._ended = False
        self._guide.go_to(step)
        self.refresh()

    def _following(self) -> str:
        """The bundled lesson that follows; "" after the last one."""
        names = library.names()
        if self._guide.name == library.TOUR:
            return names[0]
        place = names.index(self._guide.name) + 1 if self._guide.name in names else len(names)
        return names[place] if place < len(names) else ""

    def _write(self) -> None:
        guide = self._guide
        assert guide.lesson is not None
        lesson, last = guide.lesson, guide.step == len(guide.lesson.steps) - 1
        title = translated(lesson.title)
        self.title.setText(title)
        self.title.setToolTip(translated(lesson.goal))
        steps = self.tr("step %1 of %2").replace("%1", str(guide.step + 1)).replace("%2", str(len(lesson.steps)))
        self.count.setText(self.tr("What you have learned") if self._ended else steps)
        self.dots.show_steps(len(lesson.steps), -1 if self._ended else guide.step, guide.ticks)
        self.text.setText(self._end_text() if self._ended else self._step_text())
        self.guesses.show_guess(None if self._ended or guide.present is None else guide.present.guess)
        hints = () if guide.present is None else guide.present.hints
        self.hint_button.setVisible(bool(hints) and not self._ended)
        self.hint_button.setEnabled(guide.hints_shown < len(hints))
        left = len(hints) - guide.hints_shown
        self.hint_button.setText(self.tr("Hint") if left == len(hints) else self.tr("Another hint"))
        self.again_button.setVisible(not self._ended)
        self.back_button.setEnabled(self._ended or guide.step > 0)
        following = self._following()
        self.next_button.setText(
            (self.tr("Next lesson") if following else self.tr("All lessons"))
            if self._ended
            else (self.tr("Finish") if last else self.tr("Next"))
        )
        self.next_button.setEnabled(self._ended or not last or guide.ticked)
        primary = self._ended or guide.ticked
        if self.next_button.property("primary") is not primary:
            self.next_button.setProperty("primary", primary)
            self.next_button.style().polish(self.next_button)

    def _step_text(self) -> str:
        guide = self._guide
        step = guide.present
        assert step is not None
        good, muted = self._theme.hex(Token.GOOD), self._theme.hex(Token.MUTED)
        mark = f"<span style='color:{good}'>✓ </span>" if guide.ticked else "▸ "
        parts = [
            f"<p style='margin:0 0 6px 0'>{linked(translated(step.text), self._theme)}</p>",
            f"<p style='margin:0 0 6px 0'><b>{mark}{_safe(step.do)}</b></p>",
        ]
        hints = step.hints[: guide.hints_shown]
        parts += [f"<p style='margin:0 0 4px 0; color:{muted}'>{_safe(hint)}</p>" for hint in hints]
        return "".join(parts)

    def _end_text(self) -> str:
        lesson = self._guide.lesson
        assert lesson is not None
        parts = [f"<p style='margin:0 0 6px 0'>{_safe(sentence)}</p>" for sentence in lesson.learned]
        if following := self._following():
            text = self.tr("Next: %1").replace("%1", translated(library.load(following).title))
            parts.append(f"<p style='margin:0; color:{self._theme.hex(Token.MUTED)}'>{html.escape(text)}</p>")
        return "".join(parts)


class _Dots(QWidget):
    """A dot for each step: filled when it was ticked, ringed when it is the present one; a click goes there.

    Signals:
        chosen(int): a step.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._present, self._ticked = 0, 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.dots: list[_Dot] = []

    def show_steps(self, count: int, present: int, ticked: frozenset[int]) -> None:
        """So many steps, the present one (−1: none), and which are ticked."""
        while len(self.dots) < count:
            dot = _Dot(self._theme, self)
            dot.clicked.connect(partial(self._choose, len(self.dots)))
            self.dots.append(dot)
            self._row.addWidget(dot)
        for place, dot in enumerate(self.dots):
            dot.setVisible(place < count)
            dot.show_state(place, ticked=place in ticked, present=place == present)

    def _choose(self, place: int) -> None:
        self.chosen.emit(place)


class _Dot(QToolButton):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ticked = self._present = False
        self.setFixedSize(DOT, DOT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def show_state(self, place: int, *, ticked: bool, present: bool) -> None:
        self._ticked, self._present = ticked, present
        text = self.tr("Go to step %1").replace("%1", str(place + 1))
        self.setToolTip(text)
        done = self.tr("done") if ticked else self.tr("not done yet")
        self.setAccessibleName(f"{text}, {done}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot, larger when present."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = Token.SELECTION if self._present or self.hasFocus() else Token.CONTROL_LINE
        color = self._theme.color(Token.GOOD) if self._ticked else self._theme.color(Token.CARD)
        size = 10 if self._present else 8
        painter.setPen(QPen(self._theme.color(token), 2 if self._present or self.hasFocus() else 1))
        painter.setBrush(color)
        corner = (DOT - size) / 2
        painter.drawEllipse(int(corner), int(corner), size, size)
        painter.end()


def _safe(text: str) -> str:
    return html.escape(translated(text)).replace("\n", "<br>")
