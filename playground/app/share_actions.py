"""The rows of the table of actions that share a project as a text; they stand in the menu File."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

SHARE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.copy_code",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Copy share code"),
        QT_TRANSLATE_NOOP("actions", "Copy the project as a short text for a message: same data, weights and run"),
        ("Ctrl+Shift+C",),
        separator=True,
    ),
    ActionSpec(
        "file.paste_code",
        "file",
        QT_TRANSLATE_NOOP("actions", "Paste s&hare code"),
        QT_TRANSLATE_NOOP("actions", "Open the project whose share code is on the clipboard; it can be undone"),
        ("Ctrl+Shift+V",),
    ),
)
