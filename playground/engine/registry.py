"""Registries: the one list of kinds (layers, losses, optimizers …) that forms, files and tests read."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class UnknownNameError(ValueError):
    """A name that no registry entry has; the message lists the known names."""

    def __init__(self, kind: str, name: object, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no {kind} named {name!r}. Known: {', '.join(known)}.")
        self.kind, self.name, self.known = kind, name, known


class Registry(Generic[T]):
    """An ordered table name → entry; names match exactly, never in part.

    ``kind`` is the singular word used in messages ("layer", "loss").
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that enters what it decorates under ``name``.

        Raises:
            ValueError: when the name is taken.
        """

        def enter(entry: T) -> T:
            if name in self._entries:
                raise ValueError(f"The {self.kind} {name!r} is registered twice.")
            self._entries[name] = entry
            return entry

        return enter

    def names(self) -> tuple[str, ...]:
        """All names in the order of registration (simplest first)."""
        return tuple(self._entries)

    def __getitem__(self, name: str) -> T:
        """The entry called ``name``.

        Raises:
            UnknownNameError: with the list of known names.
        """
        try:
            return self._entries[name]
        except (KeyError, TypeError):
            raise UnknownNameError(self.kind, name, self.names()) from None

    def check(self, name: str) -> str:
        """Return ``name`` if it is registered, else raise UnknownNameError."""
        self[name]
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def items(self) -> tuple[tuple[str, T], ...]:
        """All (name, entry) pairs in the order of registration."""
        return tuple(self._entries.items())

    def union(self) -> Any:
        """The union of all registered classes, for msgspec's tagged decoding."""
        entries: Any = None
        for entry in self._entries.values():
            entries = entry if entries is None else entries | entry
        return entries
