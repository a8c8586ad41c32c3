"""The score of a project: what a fresh run from its seed reaches. It depends on nothing else, so anybody can repeat it;
only where a processor rounds differently, a long run may end a little elsewhere.

What was done by hand while a window trained (edits on the way, weights that were set) is not in it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.lessons.challenges import found, rules
from playground.lessons.challenges.challenge import Challenge
from playground.project.model import Project
from playground.training import run
from playground.training.records import Counters

Report = Callable[[float], object]


@dataclass(frozen=True)
class Verdict:
    """What the judge says.

    score: None where a rule is broken, or the run came to no number. stars: 0 to 3. parameters: of the network, None
    where its layers do not fit together. epochs: trained. broken: a sentence for every rule that is not kept to.

    erased: how many points are gone where these are judged; then nothing was trained.
    """

    score: float | None
    stars: int
    parameters: int | None
    epochs: int
    broken: tuple[str, ...] = ()
    erased: int | None = None


def read(challenge: Challenge, counters: Counters | None) -> float | None:
    """The score that the numbers of a run mean; None while there is none."""
    if counters is None or challenge.finds:
        return None
    value = counters.test_loss if challenge.metric == "test_loss" else counters.test_metric
    return value if value is not None and math.isfinite(value) else None


def judge(
    challenge: Challenge, start: Project, project: Project, epochs: int, report: Report = lambda share: None
) -> Verdict:
    """Train ``project`` from its seed for so many epochs (1 …) and say what that is worth.

    start: the project that the challenge begins with. report: called every few hundredths of a second with the share
    that is done, 0..1; what it raises ends the run and passes on. A project that breaks a rule is not trained.
    """
    broken = tuple(one.broken for one in rules.check(challenge, start, project, epochs) if not one.kept)
    count = rules.parameters(project)
    if broken:
        return Verdict(None, 0, count, epochs, broken)
    if challenge.finds:
        rows = found.erased(start, project)
        worth = found.score(challenge, rows)
        return Verdict(worth, challenge.stars_for(worth), count, 0, erased=len(rows))
    done = 0.0

    def progress(epoch: int, _loss: float) -> None:
        nonlocal done
        done = epoch / epochs

    def interrupted() -> bool:
        report(done)
        return False

    result = run.train(project, epochs=epochs, progress=progress, interrupted=interrupted)
    score = read(challenge, result.counters)
    return Verdict(score, challenge.stars_for(score), count, result.counters.epoch)


def written(challenge: Challenge, value: float) -> str:
    """A score as plain English: "test accuracy 97.6 %", "R² 0.975", "test loss 0.314", "found (F1) 95.7 %"."""
    if challenge.finds:
        return f"found (F1) {value:.1%}".replace("%", " %")
    if challenge.metric == "accuracy":
        return f"test accuracy {value:.1%}".replace("%", " %")
    return f"{'R²' if challenge.metric == 'r2' else 'test loss'} {value:.3f}"
