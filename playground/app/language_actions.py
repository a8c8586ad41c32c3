"""Actions that choose the language; each language is called by its own name."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec
from playground.texts import LANGUAGES

GROUP = "language"

SUBMENUS: dict[str, str] = {GROUP: QT_TRANSLATE_NOOP("actions", "&Language")}
"""Groups of actions that stand in a menu of their own, and its title."""

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
            name,
            QT_TRANSLATE_NOOP("actions", "Change the language of the window; training goes on"),
            checkable=True,
            group=GROUP,
        )
        for code, name in LANGUAGES.items()
    ),
)
