"""Actions that choose the language; each language is called by its own name."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QFontDatabase

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec
from playground.texts import LANGUAGES

GROUP = "language"

SUBMENUS: dict[str, str] = {GROUP: QT_TRANSLATE_NOOP("actions", "&Language")}
"""Groups of actions that stand in a menu of their own, and its title."""

SCRIPTS = {"hi": ("Hindi", QFontDatabase.WritingSystem.Devanagari)}
"""Languages whose letters not every system can show, and their English names."""

LANGUAGE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "view.language_system",
        "view",
        QT_TRANSLATE_NOOP("actions", "Language of the &system"),
        QT_TRANSLATE_NOOP("actions", "Speak the language of the system, or else English"),
        checkable=True,
        group=GROUP,
    ),
    *(
        ActionSpec(
            f"view.language_{code}",
            "view",
            SCRIPTS[code][0] if code in SCRIPTS else name,
            QT_TRANSLATE_NOOP("actions", "Change the language of the window; training goes on"),
            checkable=True,
            group=GROUP,
        )
        for code, name in LANGUAGES.items()
    ),
)


def show_names(actions: Mapping[str, QAction]) -> None:
    """Call languages by their own names where the system has letters for them: to ask for fonts takes a while."""
    for code, (_, script) in SCRIPTS.items():
        if QFontDatabase.families(script):
            actions[f"view.language_{code}"].setText(LANGUAGES[code])
