"""Scores and results in words, as the user writes numbers."""

from PySide6.QtCore import QCoreApplication, QLocale

from playground.lessons.challenges.best import Result
from playground.lessons.challenges.challenge import STARS, Challenge
from playground.lessons.challenges.score import Verdict
from playground.session.language import translated
from playground.views.panels.counter import count_text

SHARES = ("accuracy", "found")
"""Metrics that are told in percent."""


def stars_text(stars: int) -> str:
    """★★☆"""
    return "★" * stars + "☆" * (STARS - stars)


def stars_spoken(stars: int) -> str:
    """The same for those who listen."""
    return _tr("%1 of 3 stars").replace("%1", str(stars))


def metric_name(challenge: Challenge) -> str:
    """What the score of a challenge is."""
    names = {
        "accuracy": _tr("Test accuracy"),
        "r2": _tr("R² on test examples"),
        "test_loss": _tr("Test loss"),
        "found": _tr("Found (F1 score)"),
    }
    return names[challenge.metric]


def score_text(challenge: Challenge, score: float | None) -> str:
    """A score in its unit: "97.6 %", "0.975"; "–" for none."""
    if score is None:
        return "–"
    if challenge.metric in SHARES:
        return f"{QLocale().toString(100 * score, 'f', 1)} %"
    return QLocale().toString(score, "f", 3)


def limit_text(challenge: Challenge, limit: float) -> str:
    """What a star asks for: "95 %", "0.93", "≤ 0.32"."""
    if challenge.metric in SHARES:
        return f"{QLocale().toString(round(100 * limit, 1), 'g', 3)} %"
    number = QLocale().toString(limit, "g", 3)
    return f"≤ {number}" if challenge.lower_is_better else number


def reached(challenge: Challenge, what: Result | Verdict) -> str:
    """What was reached: "97.6 %, 13 parameters, 150 epochs", "95.7 %, 11 points erased"."""
    score, parameters, epochs = score_text(challenge, what.score), what.parameters, what.epochs
    if what.erased is not None:
        return f"{score}, {_tr('%n points erased').replace('%n', count_text(what.erased))}"
    parts = (
        score,
        _tr("%n parameters").replace("%n", count_text(parameters or 0)),
        _tr("%n epochs").replace("%n", count_text(epochs)),
    )
    return ", ".join(parts)


def best_text(challenge: Challenge, result: Result | None) -> str:
    """The best result in a line; "" before the first."""
    if result is None:
        return ""
    worth = reached(challenge, result)
    return _tr("Best: %1").replace("%1", f"{stars_text(result.stars)} {worth}")


def verdict_text(challenge: Challenge, verdict: Verdict, *, stars: bool = True) -> str:
    """What the judge says, in a line; without the stars where they stand beside it."""
    if verdict.broken:
        return " ".join(translated(sentence) for sentence in verdict.broken)
    if verdict.score is None:
        return _tr("The run diverged, so that there is no score. Try a smaller learning rate.")
    worth = reached(challenge, verdict)
    return f"{stars_text(verdict.stars)} {worth}" if stars else worth


def hand_in_text(challenge: Challenge, verdict: Verdict, code: str) -> str:
    """The text that a pupil hands in: what was reached, and the code that repeats it, which stands last."""
    title = _tr("Challenge: %1").replace("%1", translated(challenge.title))
    return f"{title}\n{metric_name(challenge)}: {verdict_text(challenge, verdict)}\n{code}\n"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Challenges", text)
