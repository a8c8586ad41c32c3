"""The rows of the table of actions for those who listen, read numbers, or want things to stand still."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

ACCESS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "view.status",
        "view",
        QT_TRANSLATE_NOOP("actions", "S&ay how it goes"),
        QT_TRANSLATE_NOOP("actions", "Tell epoch, loss and accuracy in a sentence, which screen readers read aloud"),
        ("Ctrl+Shift+A",),
        separator=True,
    ),
    ActionSpec(
        "view.table",
        "view",
        QT_TRANSLATE_NOOP("actions", "Show a chart as &table…"),
        QT_TRANSLATE_NOOP("actions", "Choose a chart that can be seen now, and read, copy or save its numbers"),
        ("Ctrl+Shift+T",),
    ),
    ActionSpec(
        "view.reduce_motion",
        "view",
        QT_TRANSLATE_NOOP("actions", "Reduce m&otion"),
        QT_TRANSLATE_NOOP("actions", "Show every change at once: no flow along the lines, no pulse, no glide"),
        checkable=True,
    ),
)
