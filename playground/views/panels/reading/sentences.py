"""One sentence for each panel that reads its present picture aloud, with its numbers."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.insight.pictures import BOUNDARY, HEALTH, JUDGED, PURITY, STEP
from playground.insight.report import stage_names
from playground.session import Session
from playground.session.language import translated
from playground.training.records import Snapshot
from playground.views.forms import percent
from playground.views.messages import amount, fill
from playground.views.panels.counter import count_text, loss_text, metric_text
from playground.views.panels.health import words as health_words


def reading(panel: str, session: Session) -> str:
    """The sentence for a panel; empty for panels without one."""
    readers: Mapping[str, Callable[[Session, Snapshot], str]] = {
        "data": _data,
        "network": _network,
        "output": _output,
        "loss": _loss,
        "distillation": _distillation,
        "code": _code,
        "examples": _examples,
        "step": _step,
        "health": lambda _, seen: health_words.reading(seen.pictures.get(HEALTH)),
    }
    latest = session.trainer.latest
    if panel not in readers:
        return ""
    return readers[panel](session, latest) if latest is not None else _tr("There is nothing to read yet.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)


def _data(session: Session, seen: Snapshot) -> str:
    samples = session.document.samples
    text = fill(
        _tr("%1: %2 examples to learn from and %3 to test with."),
        translated(session.document.project.data.source.title),
        count_text(len(samples.x_train)),
        count_text(len(samples.x_test)),
    )
    labels = samples.dataset.labels
    if labels is None:
        return text
    shares = np.bincount(labels, minlength=len(samples.dataset.class_names)) / len(labels)
    least, most = percent(float(shares.min())), percent(float(shares.max()))
    even = fill(_tr("Each class has %1 of them."), most)
    text = f"{text} " + (even if least == most else fill(_tr("The classes have %1 to %2 of them."), least, most))
    wrong = len(samples.dataset.flipped)
    return f"{text} {fill(_tr('%1 labels are wrong on purpose.'), count_text(wrong))}" if wrong else text


def _network(session: Session, seen: Snapshot) -> str:
    project = session.document.project
    text = fill(
        _tr("%1 layers with %2 weights and biases."), str(len(project.network.layers)), count_text(seen.parameters.size)
    )
    if seen.parameters.size:
        largest = float(seen.parameters[np.abs(seen.parameters).argmax()])
        text += " " + fill(_tr("The strongest is %1."), amount(largest))
    purity = seen.pictures.get(PURITY)
    if purity is not None:
        text += " " + _rise(purity.stages)
    return text


def _output(session: Session, seen: Snapshot) -> str:
    counters, parts = seen.counters, []
    boundary: Any = seen.pictures.get(BOUNDARY)
    if boundary is not None and len(boundary.values) == 1:
        high = float((boundary.values[0] > session.document.project.training.loss.threshold).mean())
        parts.append(fill(_tr("Blue covers %1 of the plane, orange %2."), percent(high), percent(1.0 - high)))
    if counters.test_metric is not None:
        value = metric_text(counters.metric_name, counters.test_metric)
        right = (
            _tr("On test examples R² is %1.")
            if counters.metric_name == "r2"
            else _tr("%1 of the test examples are right.")
        )
        parts.append(fill(right, value))
    return " ".join(parts) or _tr("There is nothing to read yet.")


def _loss(session: Session, seen: Snapshot) -> str:
    counters = seen.counters
    text = fill(
        _tr("After %1 epochs the training loss is %2 and the test loss %3."),
        count_text(counters.epoch),
        loss_text(counters.train_loss),
        loss_text(counters.test_loss),
    )
    tests = session.trainer.curves.arrays()["test_loss"]
    known = tests[~np.isnan(tests)]
    if len(known) and counters.test_loss and counters.test_loss > 1.25 * known.min():
        text += " " + fill(
            _tr("The test loss was %1 at its best: the network memorises."), loss_text(float(known.min()))
        )
    return text


def _distillation(session: Session, seen: Snapshot) -> str:
    purity: Any = seen.pictures.get(PURITY)
    return _rise(purity.stages) if purity is not None else _tr("There is nothing to read yet.")


def _examples(session: Session, seen: Snapshot) -> str:
    judged: Any = seen.pictures.get(JUDGED)
    if judged is None or not len(judged.rows):
        return _tr("There is nothing to read yet.")
    losses = np.sort(judged.losses)[::-1]
    tenth = max(len(losses) // 10, 1)
    share = float(losses[:tenth].sum() / max(losses.sum(), 1e-12))
    text = _tr("The largest loss of a single example is %1; the hardest tenth makes %2 of the whole loss.")
    return fill(text, amount(float(losses[0])), percent(share))


def _code(session: Session, seen: Snapshot) -> str:
    network = session.document.project.network
    text = _tr("%1 layers with %2 parameters, trained for %3 updates, as a script that needs no other program.")
    return fill(text, count_text(len(network.layers)), count_text(seen.parameters.size), count_text(seen.counters.step))


def _rise(stages: tuple[float, ...]) -> str:
    """From where to where the purity goes, and which stage adds most."""
    names = stage_names(len(stages) - 1)
    gains = np.diff(stages)
    text = _tr("Purity goes from %1 at the input to %2 at the prediction; %3 adds most (%4).")
    best = int(np.nan_to_num(gains, nan=-np.inf).argmax())
    gain = fill(_tr("%1 points"), f"{100 * gains[best]:+.0f}".replace("-", "−"))
    return fill(text, _share(stages[0]), _share(stages[-1]), translated(names[best + 1]), gain)


def _step(session: Session, seen: Snapshot) -> str:
    trace: Any = seen.pictures.get(STEP)
    if trace is None:
        return fill(_tr("%1 updates are done; pause to take the next one apart."), count_text(seen.counters.step))
    text = _tr("Update %1 sees %2 examples; their mean loss is %3, and the largest change of a weight is %4.")
    moved = float(np.abs(trace.update.after - trace.update.before).max(initial=0.0))
    return fill(text, count_text(trace.step + 1), str(trace.batch), amount(trace.loss), amount(moved))


def _share(value: float) -> str:
    return percent(value) if value == value else "–"
