"""What the app says about runs and edits, in sentences of the user's language.

The core gives a code and values; the words are here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from playground.training.records import Divergence, DivergenceReason, TrainingError
from playground.views.scales import number


class Severity(Enum):
    """How much a message matters; the value names its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "close"


@dataclass(frozen=True)
class Remedy:
    """A button on a message: its words, its tool-tip and what it does. The message goes when it is pressed."""

    text: str
    tip: str
    act: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """One sentence for the bottom line, with up to three remedies and details on demand."""

    severity: Severity
    text: str
    remedies: tuple[Remedy, ...] = ()
    details: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)


def divergence_text(divergence: Divergence) -> str:
    """Why the run stopped itself."""
    epoch, rate = number(divergence.epoch), number(divergence.learning_rate)
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
            number(divergence.initial_loss),
            number(divergence.loss),
            rate,
        )
    return fill(
        _tr("Training stopped in epoch %1: the output is the same for all inputs, its units are saturated (rate %2)."),
        epoch,
        rate,
    )


def fill(text: str, *values: str) -> str:
    """Put ``values`` in the places %1, %2 … of a translated sentence."""
    for place, value in enumerate(values, start=1):
        text = text.replace(f"%{place}", value)
    return text


def divergence_message(divergence: Divergence, recover: Callable[[], object], reset: Callable[[], object]) -> Message:
    """The message for a diverged run: go back to good weights with smaller steps, or begin anew."""
    rate = number(divergence.suggested_learning_rate)
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
