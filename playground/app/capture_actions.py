"""The rows of the table of actions that take pictures; they stand in the menu File."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

CAPTURE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.picture",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Picture of a panel…"),
        QT_TRANSLATE_NOOP("actions", "Save or copy a picture of the window or a panel, or film it while it learns"),
        ("Ctrl+Shift+P",),
        separator=True,
    ),
    ActionSpec(
        "file.stop_recording",
        "file",
        QT_TRANSLATE_NOOP("actions", "Stop &recording…"),
        QT_TRANSLATE_NOOP("actions", "End the film of the training and save it"),
    ),
)
