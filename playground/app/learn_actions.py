"""The rows of the table of actions that belong to the menu Learn."""

from playground.app.action_spec import QT_TRANSLATE_NOOP, ActionSpec

LEARN: tuple[ActionSpec, ...] = (
    ActionSpec(
        "learn.tour",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&Dive into deep learning"),
        QT_TRANSLATE_NOOP("actions", "Ten short steps from a first layer to a trained network, on this very window"),
    ),
    ActionSpec(
        "learn.lessons",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&Lessons…"),
        QT_TRANSLATE_NOOP("actions", "Choose a lesson: what it is about, how long it takes, and how far you have got"),
        ("Ctrl+L",),
    ),
    ActionSpec(
        "learn.record",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Rec&ord a lesson…"),
        QT_TRANSLATE_NOOP(
            "actions", "For teachers: do something, say in a sentence what it is, and save it as a lesson"
        ),
    ),
    ActionSpec(
        "learn.authors",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Reference for au&thors"),
        QT_TRANSLATE_NOOP("actions", "What lesson files are made of: all conditions with their fields, and an example"),
    ),
    ActionSpec(
        "learn.challenges",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Challen&ges…"),
        QT_TRANSLATE_NOOP("actions", "Choose a challenge: a goal with rules, three stars, and a code to hand in"),
    ),
    ActionSpec(
        "learn.check_code",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Chec&k a code…"),
        QT_TRANSLATE_NOOP("actions", "Train what the hand-in code of a challenge holds once more, and see its stars"),
    ),
    ActionSpec(
        "learn.legend",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&How to read this"),
        QT_TRANSLATE_NOOP("actions", "Show on every panel what colours, axes and units mean, and what it says now"),
        ("H",),
        separator=True,
    ),
    ActionSpec(
        "learn.coach",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&Coach"),
        QT_TRANSLATE_NOOP("actions", "Give one hint at a time in the message line, with its proof and a remedy"),
        checkable=True,
    ),
    ActionSpec(
        "learn.break",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&Break something"),
        QT_TRANSLATE_NOOP("actions", "Break the run on purpose, without telling how: find out what went wrong"),
        ("Ctrl+B",),
        separator=True,
    ),
    ActionSpec(
        "learn.break.zero",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: &zero initialisation"),
        QT_TRANSLATE_NOOP("actions", "Begin with weights that are all 0"),
    ),
    ActionSpec(
        "learn.break.rate",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: 100 × learning &rate"),
        QT_TRANSLATE_NOOP("actions", "Make the steps a hundred times too long"),
    ),
    ActionSpec(
        "learn.break.labels",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: shuffled &labels"),
        QT_TRANSLATE_NOOP("actions", "Give every example the label of another one"),
    ),
    ActionSpec(
        "learn.break.activations",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: no &activations"),
        QT_TRANSLATE_NOOP("actions", "Make all hidden layers linear"),
    ),
    ActionSpec(
        "learn.break.inputs",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: &unscaled inputs"),
        QT_TRANSLATE_NOOP("actions", "Make the inputs a hundred times too large"),
    ),
    ActionSpec(
        "learn.break.loss",
        "learn",
        QT_TRANSLATE_NOOP("actions", "Break it: &wrong loss"),
        QT_TRANSLATE_NOOP("actions", "Measure classes by a loss that is made for numbers"),
    ),
    ActionSpec(
        "learn.bug",
        "learn",
        QT_TRANSLATE_NOOP("actions", "&Plant a bug"),
        QT_TRANSLATE_NOOP(
            "actions", "Compute the gradient of one layer wrongly, and see the lamp in the status bar find it"
        ),
        checkable=True,
        separator=True,
    ),
)
