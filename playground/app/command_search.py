"""Ctrl+K: everything that can be done, found by typing a few letters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.app.actions import ACTIONS, MENUS, tr
from playground.app.export_verbs import ExportVerbs
from playground.data import SOURCES
from playground.project import edits, presets
from playground.session import Session
from playground.session.language import translated
from playground.views.search_list import SearchList
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

_COMMAND = Qt.ItemDataRole.UserRole
_SIZE, _ROW, _BELOW_TOP = QSize(520, 420), 30, 90


@dataclass(frozen=True)
class Command:
    """One thing to do. ``where``: the menu or group it belongs to; ``tip``: what it does, in a sentence.

    ``why``: why it is not possible now, "" when it is. ``also``: other names that find it.
    """

    title: str
    where: str
    tip: str
    keys: str
    run: Callable[[], object]
    why: str = ""
    also: tuple[str, ...] = ()


class CommandSearch(SearchList):
    """Finds actions, presets, data sets, lessons, challenges, exports and terms; what is impossible now is pale."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        actions: Mapping[str, QAction],
        open_preset: Callable[[str], None],
        exports: ExportVerbs,
        begin_lesson: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, _SIZE, title=self.tr("Search"), prompt=self.tr("What do you want to do?"))
        self.setObjectName("command_search")
        self._session, self._actions, self._open_preset = session, actions, open_preset
        self._exports, self._begin_lesson = exports, begin_lesson
        self.begin_challenge: Callable[[str], None] = lambda name: None
        self.open_term: Callable[[str], None] = lambda term: None
        self._window = parent.window()
        self._commands: list[Command] = []
        self.list.setItemDelegate(_Rows(theme, self.list))

    def open(self) -> None:
        """List everything, in the middle of the upper part of the window."""
        self._commands = [
            *self._of_actions(),
            *self._of_presets(),
            *self._of_data_sets(),
            *self._of_lessons(),
            *self._of_challenges(),
            *self._of_exports(),
            *self._of_terms(),
        ]
        window = self._window
        self.open_below(window.mapToGlobal(QPoint(window.width() // 2, _BELOW_TOP)))

    def fill(self, text: str) -> None:
        """List what has the letters that were typed, in their order; whole words first."""
        fitting = [command for command in self._commands if _score(text, command)]
        for command in sorted(fitting, key=lambda command: -_score(text, command)):
            row = QListWidgetItem(command.title)
            row.setData(_COMMAND, command)
            row.setToolTip(f"{command.why} ({command.tip})" if command.why else command.tip)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.title}: {command.why or command.tip}")
            if command.why:
                row.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(row)

    def take(self, row: QListWidgetItem) -> None:
        """Close, then do it."""
        command = row.data(_COMMAND)
        self.close()
        command.run()

    # -- what there is ---------------------------------------------------------------------------------------------

    def _of_actions(self) -> Iterable[Command]:
        menus = {name: tr(title).replace("&", "") for name, title in MENUS}
        for spec in ACTIONS:
            action = self._actions[spec.id]
            keys = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""
            title = action.text().replace("&", "").rstrip("…")
            why = "" if action.isEnabled() else self._why(spec.id)
            yield Command(title, menus[spec.menu], tr(spec.tip), keys, action.trigger, why)

    def _why(self, action: str) -> str:
        """Why an action is not possible now."""
        problems = self._session.trainer.problems
        if action == "edit.undo":
            return self.tr("Nothing was changed yet.")
        if action == "edit.redo":
            return self.tr("Nothing was undone.")
        if action.startswith("run.") and problems:
            return translated(problems[0].sentence)
        return self.tr("Not possible now.")

    def _of_exports(self) -> Iterable[Command]:
        for kind in self._exports.kinds():
            run = partial(self._exports.ask, kind.name)
            yield Command(translated(kind.title), self.tr("Export"), translated(kind.help), "", run)

    def _of_presets(self) -> Iterable[Command]:
        for name in presets.names():
            info = presets.info(name)
            yield Command(
                translated(info.title),
                self.tr("New"),
                translated(info.description),
                "",
                partial(self._open_preset, name),
            )

    def _of_lessons(self) -> Iterable[Command]:
        from playground.lessons import library  # not needed before anybody searches

        for name in library.names():
            lesson = library.load(name)
            title, goal = translated(lesson.title), translated(lesson.goal)
            yield Command(title, self.tr("Lessons"), goal, "", partial(self._begin_lesson, name))

    def _of_challenges(self) -> Iterable[Command]:
        from playground.lessons.challenges import library  # not needed before anybody searches

        for name in library.names():
            challenge = library.load(name)
            title, goal = translated(challenge.title), translated(challenge.goal)
            yield Command(title, self.tr("Challenges"), goal, "", partial(self.begin_challenge, name))

    def _of_terms(self) -> Iterable[Command]:
        from playground.lessons import glossary
        from playground.views.help import page

        for term in glossary.bundled().terms.values():
            tip = glossary.sentence(translated(term.what))
            yield Command(
                page.title(term),
                self.tr("Glossary"),
                tip,
                "",
                partial(self.open_term, term.id),
                also=(term.term, *term.also),
            )

    def _of_data_sets(self) -> Iterable[Command]:
        document = self._session.document
        for name, kind in SOURCES.items():
            source = kind()

            def choose(name: str = name) -> None:
                document.apply(edits.set_source(document.project, name))

            title, tip = translated(source.title), translated(source.description)
            yield Command(title, self.tr("Data set"), tip, "", choose)


def _score(text: str, command: Command) -> int:
    """How well a command fits what was typed; 0 when it does not."""
    wanted, title = text.casefold().strip(), command.title.casefold()
    if not wanted:
        return 1
    also = [name.casefold() for name in command.also]
    everything = " ".join((title, command.where.casefold(), command.tip.casefold(), *also))
    if title.startswith(wanted):
        return 6 if title == wanted else 5
    if wanted in title or wanted in also:
        return 4
    if all(word in everything for word in wanted.split()):
        return 3
    letters = iter(title)
    return 2 if all(letter in letters for letter in wanted.replace(" ", "")) else 0


class _Rows(QStyledItemDelegate):
    """Paints title and group at the left, keys at the right."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line."""
        return QSize(200, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        command, box, theme = index.data(_COMMAND), QRectF(option.rect), self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.color(Token.SELECTION))
            painter.setBrush(mix(theme.color(Token.CARD), theme.color(Token.SELECTION), 0.12))
            painter.drawRoundedRect(box.adjusted(2.5, 1.5, -2.5, -1.5), 6, 6)
        line, middle = box.adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter
        painter.setFont(sized_font(TEXT_SIZE))
        painter.setPen(theme.color(Token.MUTED if command.why else Token.TEXT))
        painter.drawText(line, middle, command.title)
        width = painter.fontMetrics().horizontalAdvance(command.title)
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(theme.color(Token.MUTED))
        rest = line.adjusted(width + 10, 1, -painter.fontMetrics().horizontalAdvance(command.keys) - 10, 0)
        words = painter.fontMetrics().elidedText(
            command.why or command.where, Qt.TextElideMode.ElideRight, int(rest.width())
        )
        painter.drawText(rest, middle, words)
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, command.keys)
        painter.restore()
