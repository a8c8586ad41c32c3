"""The undo history: earlier Projects, and the training states that went with them.

An entry keeps the whole frozen Project, so there is no undo code that could be wrong. Training states are shared
plain arrays; when together they pass ``STATE_LIMIT`` bytes the oldest are dropped and their entries say so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from playground.project.model import Project

STATE_LIMIT = 256 * 1024 * 1024
"""Bytes that all kept training states may take together."""

ENTRY_LIMIT = 1000
"""Steps that can be undone at most; the oldest are forgotten."""


class HasSize(Protocol):
    """Any training state; the history only needs its size."""

    @property
    def nbytes(self) -> int:
        """The memory it takes."""


@dataclass(frozen=True)
class Entry:
    """A moment to go back to. ``label`` names the change that followed ("Add dense layer").

    ``state`` is None where going back leaves the weights alone; ``state_dropped`` tells that there was one but that
    it had to make room. ``by_hand``: what followed was a change of weights by hand.
    """

    project: Project
    state: HasSize | None
    label: str
    merge_key: str | None = None
    state_dropped: bool = False
    by_hand: bool = False
    training: bool = False


class History:
    """Two stacks of entries: what can be undone and what can be redone."""

    def __init__(self, state_limit: int = STATE_LIMIT) -> None:
        self._undo: list[Entry] = []
        self._redo: list[Entry] = []
        self._limit = state_limit

    @property
    def next_undo(self) -> Entry | None:
        """The entry that Undo goes back to."""
        return self._undo[-1] if self._undo else None

    @property
    def next_redo(self) -> Entry | None:
        """The entry that Redo goes forward to."""
        return self._redo[-1] if self._redo else None

    @property
    def past(self) -> tuple[Entry, ...]:
        """All that can be undone, oldest first."""
        return tuple(self._undo)

    @property
    def future(self) -> tuple[Entry, ...]:
        """All that can be redone, the next one first."""
        return tuple(reversed(self._redo))

    def labels(self) -> tuple[str, ...]:
        """The names of all changes that can be undone, oldest first."""
        return tuple(entry.label for entry in self._undo)

    def redo_labels(self) -> tuple[str, ...]:
        """The names of all changes that can be redone, the next one first."""
        return tuple(entry.label for entry in reversed(self._redo))

    def continues(self, merge_key: str | None) -> bool:
        """Whether a change with this key can go on with the last step."""
        return merge_key is not None and self.next_undo is not None and self.next_undo.merge_key == merge_key

    def push(self, entry: Entry, *, merge: bool = True, keep_redo: bool = False) -> None:
        """Remember the moment before a change; what could be redone is forgotten, unless ``keep_redo``.

        With ``merge`` a change with the same ``merge_key`` as the last one continues that step (a slider drag):
        the older moment stays and only its name follows.
        """
        if not keep_redo:
            self._redo.clear()
        if merge and self.continues(entry.merge_key):
            self._undo[-1] = replace(self._undo[-1], label=entry.label)
            return
        self._undo.append(entry)
        del self._undo[:-ENTRY_LIMIT]
        self._make_room()

    def forget_training(self) -> None:
        """Forget the last steps as far as they are training; what was trained stays."""
        while self._undo and self._undo[-1].training:
            self._undo.pop()

    def forget_redo(self) -> None:
        """Forget what could be redone."""
        self._redo.clear()

    def go(self, steps: int, project: Project, state: Any, follow: Callable[[Any, Project, Project], Any]) -> Entry:
        """Go back (``steps`` < 0) or forward several steps at once and return the moment to show.

        state: the present training state, None where there is none. follow: the same state for a project with other
        settings, called for steps that leave the weights alone; None where it does not fit. The result's state is None
        where the weights are to be left alone all the way.

        Raises:
            IndexError: when there are not so many steps.
        """
        moved = False
        for _ in range(abs(steps)):
            stack, take = (self._undo, self.undo) if steps < 0 else (self._redo, self.redo)
            if moved and not stack:  # the oldest had to make room
                break
            entry = take(project, state if stack[-1].state is not None else None)
            moved = moved or entry.state is not None
            if entry.state is not None:
                state = entry.state
            elif state is not None:
                state = follow(state, project, entry.project)
            project = entry.project
        return replace(entry, state=state if moved else None)

    def undo(self, project: Project, state: HasSize | None) -> Entry:
        """Return the moment to go back to; the present one (``project``, ``state``) can then be redone.

        Raises:
            IndexError: when there is nothing to undo.
        """
        entry = self._undo.pop()
        self._redo.append(Entry(project, state, entry.label, by_hand=entry.by_hand, training=entry.training))
        self._make_room()
        return entry

    def redo(self, project: Project, state: HasSize | None) -> Entry:
        """Return the moment to go forward to; the present one can then be undone again.

        Raises:
            IndexError: when there is nothing to redo.
        """
        entry = self._redo.pop()
        self._undo.append(Entry(project, state, entry.label, by_hand=entry.by_hand, training=entry.training))
        self._make_room()
        return entry

    def _make_room(self) -> None:
        """Drop the oldest states until the rest fits; equal states held twice count once."""
        total, seen = 0, set()
        for stack in (self._redo, self._undo):
            for index in range(len(stack) - 1, -1, -1):
                state = stack[index].state
                if state is None or id(state) in seen:
                    continue
                seen.add(id(state))
                total += state.nbytes
                if total > self._limit:
                    stack[index] = replace(stack[index], state=None, state_dropped=True)
            stack[:] = [entry for entry in stack if not (entry.training and entry.state_dropped)]
