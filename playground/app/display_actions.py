"""The rows of the table of actions that set how large everything is, and show it to a class."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

DISPLAY: tuple[ActionSpec, ...] = (
    ActionSpec(
        "view.larger",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Larger"),
        QT_TRANSLATE_NOOP("actions", "Draw everything larger, up to 250 %"),
        ("Ctrl+=", "Ctrl++"),
        separator=True,
    ),
    ActionSpec(
        "view.smaller",
        "view",
        QT_TRANSLATE_NOOP("actions", "S&maller"),
        QT_TRANSLATE_NOOP("actions", "Draw everything smaller, down to 80 %"),
        ("Ctrl+-",),
    ),
    ActionSpec(
        "view.usual_size",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Usual size"),
        QT_TRANSLATE_NOOP("actions", "Draw everything at 100 %"),
        ("Ctrl+0",),
    ),
    ActionSpec(
        "view.projector",
        "view",
        QT_TRANSLATE_NOOP("actions", "Pro&jector mode"),
        QT_TRANSLATE_NOOP("actions", "Show a class the network, the run and one plot, readable from the last row"),
        ("F11",),
        "projector",
        checkable=True,
    ),
)
