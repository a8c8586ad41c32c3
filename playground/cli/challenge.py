"""``playground challenge [CODE …]``"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from tqdm import tqdm

from playground.cli.words import BadInputError, Parser
from playground.lessons.challenges import code, library, score
from playground.lessons.challenges.challenge import STARS
from playground.lessons.challenges.code import HandIn
from playground.lessons.challenges.reader import ChallengeError

FAILED, BAD_INPUT = 1, 2


def run(words: list[str]) -> int:
    """List the challenges, or judge hand-in codes."""
    parser = Parser(
        prog="playground challenge",
        description="List the challenges, or judge hand-in codes: each is trained again from its seed.",
        epilog="Exit code 1: a rule is broken; 2: a text is no code. Example: playground challenge - < codes.txt",
    )
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help="a hand-in code; - reads codes from lines, also with a name before each",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for each line")
    given = parser.parse_intermixed_args(words)
    if not given.codes:
        return _list(as_json=given.json)
    texts = list(_texts(given.codes))
    if not texts:
        raise BadInputError("There is no code in what was read; a code begins with “DLC1-”.")
    return max(_judge(text, as_json=given.json) for text in texts)


def _list(*, as_json: bool) -> int:
    """Print every challenge."""
    for name in library.names():
        challenge = library.load(name)
        if as_json:
            rules = {"parameters_at_most", "epochs_at_most"}
            limits = {rule: getattr(challenge.rules, rule) for rule in sorted(rules)}
            about = {"title": challenge.title, "level": challenge.level, "goal": challenge.goal}
            print(json.dumps({"name": name, **about, "metric": challenge.metric, "stars": challenge.stars, **limits}))
        else:
            print(f"{name:13} {challenge.title}: {challenge.goal}")
    sys.stdout.flush()
    return 0


def _texts(codes: list[str]) -> Iterator[str]:
    """The codes that were given, those from standard input in the place of "-"; lines without a code are left out."""
    for given in codes:
        if given == "-":
            yield from (line for line in sys.stdin if code.looks_like_code(line))
        else:
            yield given


def _judge(text: str, *, as_json: bool) -> int:
    """Train what one code holds and print what it is worth; returns the exit code."""
    try:
        handed = code.read(text)
    except ChallengeError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    verdict = _trained(handed)
    if as_json:
        found: dict[str, Any] = {
            "from": handed.words,
            "challenge": handed.name,
            "stars": verdict.stars,
            "score": verdict.score,
            "metric": handed.challenge.metric,
            "parameters": verdict.parameters,
            "epochs": verdict.epochs,
            "erased": verdict.erased,
            "broken": verdict.broken,
        }
        print(json.dumps(found))
    else:
        print(_line(handed, verdict))
        for sentence in verdict.broken:
            print(f"  {sentence}")
    sys.stdout.flush()
    return FAILED if verdict.score is None else 0


def _trained(handed: HandIn) -> score.Verdict:
    with tqdm(total=handed.epochs, unit=" epochs", file=sys.stderr, disable=None, leave=False) as bar:

        def show(share: float) -> None:
            bar.update(round(share * handed.epochs) - bar.n)

        return score.judge(handed.challenge, library.start(handed.name), handed.project, handed.epochs, show)


def _line(handed: HandIn, verdict: score.Verdict) -> str:
    stars = "★" * verdict.stars + "☆" * (STARS - verdict.stars)
    if handed.words:
        stars = f"{handed.words}: {stars}"
    if verdict.score is None:
        return f"{stars} {handed.name}: no score, {'a rule is broken' if verdict.broken else 'the run diverged'}."
    worth = score.written(handed.challenge, verdict.score)
    if verdict.erased is not None:
        return f"{stars} {handed.name}: {worth}, {verdict.erased} points erased"
    return f"{stars} {handed.name}: {worth}, {verdict.parameters} parameters, {verdict.epochs} epochs"
