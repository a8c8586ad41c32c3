"""The challenge beside the diagram: goal, rules, parameter meter, score, stars, and the judge."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.challenges.challenge import STARS
from playground.session.challenge_desk import ChallengeDesk, Judged
from playground.session.language import translated
from playground.views.challenges import rich, words
from playground.views.challenges.meter import ParameterMeter
from playground.views.challenges.stars import Stars
from playground.views.elided_label import ElidedLabel
from playground.views.icons import icon
from playground.views.panels.card import Card, label
from playground.views.panels.counter import count_text
from playground.views.theme import Theme


class ChallengeCard(Card):
    """The challenge that is under way.

    Signals:
        copy_wanted(): the result that the judge has given is to be copied.
        again_wanted(): the start of the challenge is to be opened anew.
        list_wanted(): the list of all challenges is to open.
    """

    copy_wanted = Signal()
    again_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, desk: ChallengeDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.challenge")
        self.setAccessibleName(self.tr("Challenge"))
        self._desk, self._theme = desk, theme
        self._hinted = False
        self.setMinimumWidth(450)
        self.title = ElidedLabel("", self)
        self.title.setProperty("role", "heading")
        self.leave_button = QToolButton(self)
        self.leave_button.setProperty("quiet", True)
        self.leave_button.setObjectName("challenge.leave")
        self.leave_button.setToolTip(self.tr("Leave the challenge; the project and the best result stay"))
        self.leave_button.setAccessibleName(self.tr("Leave the challenge"))
        self.leave_button.setIconSize(QSize(14, 14))
        self.title_row.setSpacing(2)
        self.title_row.addWidget(self.title, 1)
        for button in self._links():
            self.title_row.addWidget(button)
        self.title_row.addWidget(self.leave_button)
        self.text = QLabel(self)
        self.text.setObjectName("challenge.text")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.verdict = label("", "caption", self)
        self.verdict.setObjectName("challenge.verdict")
        self.verdict.setWordWrap(True)
        self.body.setSpacing(6)
        self.body.addWidget(self._scrolling(), 1)
        self.body.addLayout(self._score_row())
        self.body.addLayout(self._last_row())
        self._connect()

    def sizeHint(self) -> QSize:
        """Room for goal and rules of usual length."""
        return QSize(470, 196)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _scrolling(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(48)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.text)
        column.addStretch(1)
        area.setWidget(holder)
        area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        self._area = area
        return area

    def _score_row(self) -> QHBoxLayout:
        self.meter = ParameterMeter(self._theme, self)
        self.score_name = label("", "caption", self)
        self.score = label("–", "counter", self)
        self.score.setObjectName("challenge.score")
        self.stars = Stars(self._theme, self)
        self.stars.setObjectName("challenge.stars")
        numbers = QVBoxLayout()
        numbers.setSpacing(0)
        numbers.addWidget(self.score)
        numbers.addWidget(self.score_name)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.meter, 1)
        row.addLayout(numbers)
        row.addWidget(self.stars, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _links(self) -> tuple[QPushButton, ...]:
        self.hint_button = self._button(
            "challenge.hint", self.tr("Hint"), self.tr("Show a thought that helps, or the goal again")
        )
        self.again_button = self._button(
            "challenge.again", self.tr("Start over"), self.tr("Open the project of the start anew; Undo takes it back")
        )
        self.list_button = self._button(
            "challenge.list", self.tr("Others…"), self.tr("Show all challenges and what you have won")
        )
        links = self.hint_button, self.again_button, self.list_button
        for button in links:
            button.setProperty("link", True)
        return links

    def _last_row(self) -> QHBoxLayout:
        self.copy_button = self._button(
            "challenge.copy", self.tr("Copy result"), self.tr("Copy result and code as a text, to hand them in")
        )
        tip = self.tr("Train once more from the seed: only this score counts, and the code repeats it")
        self.judge_button = self._button("challenge.judge", self.tr("Judge it"), tip)
        self.judge_button.setProperty("primary", True)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName(self.tr("The judge's run"))
        self.cancel_button = self._button("challenge.cancel", self.tr("Cancel"), self.tr("Stop judging"))
        said = QVBoxLayout()
        said.setSpacing(6)
        said.addStretch(1)
        said.addWidget(self.verdict)
        said.addWidget(self.progress)
        said.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(said, 1)
        for button in (self.cancel_button, self.copy_button, self.judge_button):
            row.addWidget(button)
        return row

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        desk = self._desk
        self.hint_button.clicked.connect(self._hint)
        self.again_button.clicked.connect(self.again_wanted)
        self.list_button.clicked.connect(self.list_wanted)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.judge_button.clicked.connect(desk.judge)
        self.cancel_button.clicked.connect(desk.stop)
        self.leave_button.clicked.connect(desk.leave)
        self.connections.add(desk.changed, self.refresh)
        self.connections.add(desk.progressed, self._show_progress)
        self.connections.add(desk.failed, self._tell)
        self.connections.add(desk.cancelled, self._tell_cancelled)
        self.connections.add(self._theme.changed, self._recolor)
        self._recolor()

    # -- showing ---------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show goal, rules, score and stars as they are now."""
        desk, challenge = self._desk, self._desk.challenge
        if challenge is None:
            return
        title = translated(challenge.title)
        if title != self.title.text():
            self.title.setText(title)
            self._hinted = False
            self._area.verticalScrollBar().setValue(0)
        checks = desk.checks()
        first = challenge.hint if self._hinted else challenge.goal
        self._write(self.text, rich.goal_and_rules(first, checks, self._theme))
        score, judged = desk.score, desk.judged
        self._show_numbers(score, judged)
        given = judged.verdict.stars if judged else 0
        kept = all(check.kept for check in checks)
        counts = kept and not desk.too_long
        self.stars.show_stars(challenge, challenge.stars_for(score) if counts else 0, given)
        self._write(self.verdict, self._verdict_text(judged))
        self._mark(self.verdict, "good", on=kept and judged is not None and judged.verdict.stars == STARS)
        self._mark(self.verdict, "warning", on=not kept or (judged is None and desk.too_long))
        self._show_buttons(kept)

    def _show_numbers(self, score: float | None, judged: Judged | None) -> None:
        """The meter and the score; where points are to be found, only the judge knows a score."""
        desk, challenge = self._desk, self._desk.challenge
        assert challenge is not None
        if challenge.finds:
            self.meter.show_count(desk.erased, len(challenge.wrong), self.tr("Points erased"))
            score = judged.verdict.score if judged else None
        else:
            self.meter.show_count(desk.parameters, challenge.rules.parameters_at_most, self.tr("Parameters"))
        self._write(self.score, words.score_text(challenge, score))
        self._write(self.score_name, words.metric_name(challenge))

    def _write(self, shown: QLabel, text: str) -> None:
        if shown.text() != text:
            shown.setText(text)

    def _mark(self, shown: QLabel, look: str, *, on: bool) -> None:
        if shown.property(look) is not on:
            shown.setProperty(look, on)
            shown.style().polish(shown)

    def _show_buttons(self, kept: bool) -> None:
        desk = self._desk
        busy, judged = desk.busy, desk.judged
        for widget in (self.progress, self.cancel_button):
            widget.setVisible(busy)
        self.judge_button.setVisible(not busy)
        self.hint_button.setText(self.tr("Goal") if self._hinted else self.tr("Hint"))
        self.copy_button.setVisible(not busy and judged is not None and judged.verdict.score is not None)
        self.judge_button.setEnabled(kept)

    def _verdict_text(self, judged: Judged | None) -> str:
        desk, challenge = self._desk, self._desk.challenge
        assert challenge is not None
        if desk.busy:
            return self.tr("The judge trains the project once more, from its seed.")
        broken = next((check.broken for check in desk.checks() if not check.kept), "")
        if broken:
            return translated(broken)
        best = words.best_text(challenge, desk.best.of(desk.name))
        if judged is not None:
            worth = words.verdict_text(challenge, judged.verdict, stars=False)
            said = self.tr("Judged: %1").replace("%1", worth)
            return said + (self.tr(" – your best") if judged.best else f"  ·  {best}" if best else "")
        if challenge.finds:
            text = self.tr("What counts is which points are gone; the network is your tool.")
            return f"{text}  {best}" if best else text
        text = self.tr("What counts is a fresh run from the seed, of %1 epochs.")
        if desk.too_long:
            text = self.tr("This run is longer than allowed. What counts is a fresh run from the seed, of %1 epochs.")
        elif desk.edited:
            text = self.tr("This run was changed on the way. What counts is a fresh run from the seed, of %1 epochs.")
        text = text.replace("%1", count_text(desk.epochs))
        return f"{text}  {best}" if best else text

    @Slot()
    def _hint(self) -> None:
        """Show the hint in place of the goal, or the goal again."""
        self._hinted = not self._hinted
        self.refresh()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self._say(translated(sentence))

    @Slot()
    def _tell_cancelled(self) -> None:
        self._say(self.tr("Judging was cancelled; nothing has changed."))

    def _say(self, sentence: str) -> None:
        """Show a sentence until something changes."""
        self.refresh()
        self.verdict.setText(sentence)

    @Slot()
    def _recolor(self) -> None:
        self.leave_button.setIcon(icon("close", self._theme))
        self.refresh()
