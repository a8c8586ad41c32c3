"""One row of the table of actions."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark a text for translation; PySide6 declares its result as a plain object."""

else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["QT_TRANSLATE_NOOP", "ActionSpec"]


class ActionSpec(msgspec.Struct, frozen=True):
    """One action. ``menu`` is the id of the menu that shows it; ``group`` makes one choice of several."""

    id: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    separator: bool = False
