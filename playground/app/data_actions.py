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
    ActionSpec(
        "data.columns",
        "data",
        QT_TRANSLATE_NOOP("actions", "Table &columns…"),
        QT_TRANSLATE_NOOP("actions", "Choose target and inputs of the imported table anew"),
    ),
    ActionSpec(
        "data.booth",
        "data",
        QT_TRANSLATE_NOOP("actions", "Drawing &booth…"),
        QT_TRANSLATE_NOOP("actions", "Draw pictures for classes of your own, train on them and try what was learned"),
        keys=("D",),
    ),
    ActionSpec(
        "data.pictures",
        "data",
        QT_TRANSLATE_NOOP("actions", "Import p&ictures…"),
        QT_TRANSLATE_NOOP("actions", "Learn from pictures of your own: a folder, IDX files (MNIST) or an .npz file"),
        keys=("Ctrl+Shift+I",),
    ),
    ActionSpec(
        "data.save",
        "data",
        QT_TRANSLATE_NOOP("actions", "&Save data set…"),
        QT_TRANSLATE_NOOP("actions", "Write the examples to a file: points and tables as CSV, pictures as .npz"),
        separator=True,
    ),
)
