"""The list of all challenges: what each is about, how hard it is, and what was won."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.challenges import library, rules
from playground.lessons.challenges.challenge import STARS
from playground.project.presets import LEVELS
from playground.session.challenge_desk import ChallengeDesk
from playground.session.language import translated
from playground.views.challenges import rich, words
from playground.views.challenges.rows import ROW, Row, Rows
from playground.views.challenges.stars import Stars
from playground.views.panels.card import label
from playground.views.theme import Theme


class ChallengeBrowser(QDialog):
    """Choose a challenge.

    Signals:
        wanted(str, bool): a challenge by its name; True: from its start, False: with the project that is open.
        check_wanted(): a hand-in code is to be checked.
    """

    wanted = Signal(str, bool)
    check_wanted = Signal()

    def __init__(self, desk: ChallengeDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.challenges")
        self.setWindowTitle(self.tr("Challenges"))
        self._desk, self._theme = desk, theme
        self.list = QListWidget(self)
        self.list.setObjectName("challenges.list")
        self.list.setAccessibleName(self.tr("Challenges"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(Rows(theme, self.list))
        self.won = label("", "caption", self)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(self.won)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(left, 1)
        halves.addLayout(self._about(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(halves, 1)
        column.addWidget(self._buttons())
        self.list.currentItemChanged.connect(self._describe)
        self.list.itemActivated.connect(lambda _item: self._begin())
        self.resize(QSize(860, 530))

    def showEvent(self, event: QShowEvent) -> None:
        """List the challenges as they stand now."""
        super().showEvent(event)
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """List all; the chosen one stays so, one that is won in full gives way to the next without three stars."""
        chosen, names, best = self._chosen(), library.names(), self._desk.best
        self.list.clear()
        stars = {name: result.stars if (result := best.of(name)) else 0 for name in names}
        for name in names:
            challenge = library.load(name)
            title, level = translated(challenge.title), translated(LEVELS[challenge.level])
            result = best.of(name)
            won = words.score_text(challenge, result.score) if result else ""
            item = QListWidgetItem(title, self.list)
            item.setToolTip(translated(challenge.goal))
            spoken = f"{title}, {level}, {words.stars_spoken(stars[name])}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{spoken}, {won}" if won else spoken)
            item.setData(ROW, Row(title, level, stars[name], won))
        total = self.tr("%1 of %2 stars won").replace("%1", str(sum(stars.values())))
        self.won.setText(total.replace("%2", str(STARS * len(names))))
        begin = next((name for name in names if stars[name] < STARS), names[0])
        self.list.setCurrentRow(names.index(chosen if chosen and stars[chosen] < STARS else begin))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _about(self) -> QVBoxLayout:
        self.title = label("", "heading", self)
        self.title.setWordWrap(True)
        self.level = label("", "caption", self)
        self.goal = QLabel(self, wordWrap=True)
        self.rules = QLabel(self, wordWrap=True)
        self.rules.setTextFormat(Qt.TextFormat.RichText)
        self.measure = label("", "caption", self)
        self.stars = Stars(self._theme, self)
        self.best = QLabel(self, wordWrap=True)
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (self.title, self.level, self.goal, self.rules, self.measure, self.stars, self.best):
            column.addWidget(widget)
        column.addStretch(1)
        return column

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.begin_button = QPushButton(self.tr("Begin"), self)
        self.begin_button.setObjectName("challenges.begin")
        self.begin_button.setProperty("primary", True)
        self.begin_button.setDefault(True)
        self.begin_button.clicked.connect(self._begin)
        self.go_on_button = QPushButton(self.tr("With the open project"), self)
        self.go_on_button.setObjectName("challenges.go_on")
        self.go_on_button.setToolTip(self.tr("Take it on with the project that is open; its data must be the same"))
        self.go_on_button.clicked.connect(lambda: self._begin(anew=False))
        self.check_button = QPushButton(self.tr("Check a code…"), self)
        self.check_button.setObjectName("challenges.check")
        self.check_button.setToolTip(self.tr("Train what a hand-in code holds once more, and see its stars"))
        self.check_button.clicked.connect(self._check)
        for button, role in (
            (self.begin_button, QDialogButtonBox.ButtonRole.AcceptRole),
            (self.go_on_button, QDialogButtonBox.ButtonRole.ActionRole),
            (self.check_button, QDialogButtonBox.ButtonRole.ActionRole),
        ):
            box.addButton(button, role)
        box.rejected.connect(self.reject)
        return box

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return library.names()[row] if row >= 0 else ""

    def _begin(self, *_checked: object, anew: bool = True) -> None:
        if name := self._chosen():
            self.accept()
            self.wanted.emit(name, anew)

    @Slot()
    def _check(self) -> None:
        self.accept()
        self.check_wanted.emit()

    @Slot()
    def _describe(self, *_items: object) -> None:
        name = self._chosen()
        if not name:
            return
        challenge, result, start = library.load(name), self._desk.best.of(name), library.start(name)
        self.title.setText(translated(challenge.title))
        self.level.setText(translated(LEVELS[challenge.level]))
        self.goal.setText(translated(challenge.goal))
        checks = rules.check(challenge, start, start, challenge.rules.epochs_at_most)
        self.rules.setText(rich.all_rules(checks, self._theme))
        self.measure.setText(self.tr("%1, for each star:").replace("%1", words.metric_name(challenge)))
        self.stars.show_stars(challenge, 0, result.stars if result else 0)
        self.best.setText(words.best_text(challenge, result) or self.tr("Not judged yet."))
        self.go_on_button.setEnabled(self._desk.fits(name))
