"""The rows of the table of actions that belong to the menu Data."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

DATA: tuple[ActionSpec, ...] = (
    ActionSpec(
        "data.redraw",
        "data",
        QT_TRANSLATE_NOOP("actions", "&Draw other examples"),
        QT_TRANSLATE_NOOP("actions", "Draw other examples of the same kind (next seed)"),
        icon="dice",
    ),
    ActionSpec(
        "data.paint",
        "data",
        QT_TRANSLATE_NOOP("actions", "&Paint on the map"),
        QT_TRANSLATE_NOOP("actions", "Paint points of several classes on the decision map while the network learns"),
        keys=("P",),
        icon="brush",
        checkable=True,
        separator=True,
    ),
    ActionSpec(
        "data.formula",
        "data",
        QT_TRANSLATE_NOOP("actions", "&Formula…"),
        QT_TRANSLATE_NOOP("actions", "Let a formula say the class or the number at each point"),
    ),
    ActionSpec(
        "data.table",
        "data",
        QT_TRANSLATE_NOOP("actions", "Import &table…"),
        QT_TRANSLATE_NOOP("actions", "Learn from a table of your own (CSV, TSV)"),
        keys=("Ctrl+I",),
    ),
)
