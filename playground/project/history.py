"""The undo history: earlier Projects, and the training states that went with them.

An entry keeps the whole frozen Project, so there is no undo code that could be wrong. Training states are shared
plain arrays; when together they pass ``STATE_LIMIT`` bytes the oldest are dropped and their entries say so.
"""

from dataclasses import dataclass, replace
from typing import Protocol

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

    def labels(self) -> tuple[str, ...]:
        """The names of all changes that can be undone, oldest first."""
        return tuple(entry.label for entry in self._undo)

    def redo_labels(self) -> tuple[str, ...]:
        """The names of all changes that can be redone, the next one first."""
        return tuple(entry.label for entry in reversed(self._redo))

    def push(self, entry: Entry, *, merge: bool = True) -> None:
        """Remember the moment before a change; what could be redone is forgotten.

        With ``merge`` a change with the same ``merge_key`` as the last one continues that step (a slider drag):
        the older moment stays and only its name follows.
        """
        self._redo.clear()
        last = self.next_undo
        if merge and last is not None and entry.merge_key is not None and last.merge_key == entry.merge_key:
            self._undo[-1] = replace(last, label=entry.label)
            return
        self._undo.append(entry)
        del self._undo[:-ENTRY_LIMIT]
        self._make_room()

    def undo(self, project: Project, state: HasSize | None) -> Entry:
        """Return the moment to go back to; the present one (``project``, ``state``) can then be redone.

        Raises:
            IndexError: when there is nothing to undo.
        """
        entry = self._undo.pop()
        self._redo.append(Entry(project, state, entry.label, by_hand=entry.by_hand))
        self._make_room()
        return entry

    def redo(self, project: Project, state: HasSize | None) -> Entry:
        """Return the moment to go forward to; the present one can then be undone again.

        Raises:
            IndexError: when there is nothing to redo.
        """
        entry = self._redo.pop()
        self._undo.append(Entry(project, state, entry.label, by_hand=entry.by_hand))
        self._make_room()
        return entry

    def _make_room(self) -> None:
        """Drop the oldest states until the rest fits; equal arrays held twice count once."""
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
