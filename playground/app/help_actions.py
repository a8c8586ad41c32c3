"""The rows of the table of actions that belong to the menu Help."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

HELP: tuple[ActionSpec, ...] = (
    ActionSpec(
        "help.this",
        "help",
        QT_TRANSLATE_NOOP("actions", "&What is this?"),
        QT_TRANSLATE_NOOP("actions", "Explain what is under the pointer, or what the keyboard is at"),
        ("F1",),
        "help",
    ),
    ActionSpec(
        "help.point",
        "help",
        QT_TRANSLATE_NOOP("actions", "&Point at something…"),
        QT_TRANSLATE_NOOP("actions", "Move over the window and click what you want to have explained"),
        ("Shift+F1",),
    ),
    ActionSpec(
        "help.glossary",
        "help",
        QT_TRANSLATE_NOOP("actions", "&Glossary"),
        QT_TRANSLATE_NOOP("actions", "Look up the terms: what they mean, their formulas, where they are on the screen"),
        ("Ctrl+G",),
        separator=True,
    ),
    ActionSpec(
        "help.shortcuts",
        "help",
        QT_TRANSLATE_NOOP("actions", "&Keyboard shortcuts"),
        QT_TRANSLATE_NOOP("actions", "Find every action with its keys"),
        ("Ctrl+/",),
    ),
    ActionSpec(
        "help.about",
        "help",
        QT_TRANSLATE_NOOP("actions", "&About"),
        QT_TRANSLATE_NOOP("actions", "Version and licences"),
        separator=True,
    ),
)
