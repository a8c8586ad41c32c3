"""What the app says about runs and edits, in sentences of the user's language.

The core gives a code and values; the words are here.
"""

import math
from collections.abc import Callable
from enum import Enum

import msgspec
from PySide6.QtCore import QCoreApplication

from playground.texts import filled
from playground.training.records import Divergence, DivergenceReason, TrainingError
from playground.views.scales import number

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Severity(Enum):
    """How much a message matters; the value names its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "close"


class Remedy(msgspec.Struct, frozen=True):
    """A button on a message: its words, its tool-tip and what it does.

    The message goes when it is pressed, unless it ``keeps``.
    """

    text: str
    tip: str
    act: Callable[[], object]
    keeps: bool = False


class Message(msgspec.Struct, frozen=True):
    """One sentence for the bottom line, with up to three remedies and details on demand.

    ``details_name``: the words on the button for the details, "" for the usual ones.
    """

    severity: Severity
    text: str
    remedies: tuple[Remedy, ...] = ()
    details: str = ""
    details_name: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)


def divergence_text(divergence: Divergence) -> str:
    """Why the run stopped itself."""
    epoch, rate = number(divergence.epoch), amount(divergence.learning_rate)
    if divergence.reason is DivergenceReason.NON_FINITE:
        return fill(
            _tr(
                "Training stopped in epoch %1: the loss is no longer a number. Learning rate %2 makes too large steps."
            ),
            epoch,
            rate,
        )
    if divergence.reason is DivergenceReason.EXPLODED:
        return fill(
            _tr("Training stopped in epoch %1: the loss grew from %2 to %3. Learning rate %4 makes too large steps."),
            epoch,
            amount(divergence.initial_loss),
            amount(divergence.loss),
            rate,
        )
    return fill(
        _tr("Training stopped in epoch %1: the output is the same for all inputs, its units are saturated (rate %2)."),
        epoch,
        rate,
    )


def amount(value: float) -> str:
    """A measured number in a sentence: three digits, huge and tiny ones with a power of ten, as in 3.3·10⁸."""
    if not math.isfinite(value) or value == 0 or 1e-3 <= abs(value) < 1e5:
        return number(value if not math.isfinite(value) else float(f"{value:.3g}")).replace("-", "−")
    digits, _, exponent = f"{value:.1e}".partition("e")
    return f"{number(float(digits)).replace('-', '−')}·10{str(int(exponent)).translate(_RAISED)}"


def fill(text: str, *values: str) -> str:
    """Put ``values`` in the places %1, %2 … of a translated sentence."""
    return filled(text, values)


def divergence_message(divergence: Divergence, recover: Callable[[], object], reset: Callable[[], object]) -> Message:
    """The message for a diverged run: go back to good weights with smaller steps, or begin anew."""
    rate = amount(divergence.suggested_learning_rate)
    return Message(
        Severity.WARNING,
        divergence_text(divergence),
        (
            Remedy(
                fill(_tr("Go back and train with rate %1"), rate),
                fill(_tr("Return to the last good weights and train on with learning rate %1"), rate),
                recover,
            ),
            Remedy(_tr("Reset"), _tr("Go back to the initial weights"), reset),
        ),
    )


def error_message(error: TrainingError) -> Message:
    """The message for a run that an exception ended; the traceback is its details."""
    text = fill(_tr("Training stopped at update %1: %2"), number(error.step), error.message)
    return Message(Severity.ERROR, text, details=error.traceback)


def problem_message(sentence: str, undo: Callable[[], object] | None) -> Message:
    """The message for a project that cannot train."""
    remedies = (Remedy(_tr("Undo"), _tr("Take the last change back"), undo),) if undo else ()
    return Message(Severity.WARNING, sentence, remedies)
