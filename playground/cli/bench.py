"""``playground bench``"""

import time

from playground.cli import facts
from playground.cli.words import Parser, positive
from playground.project import presets
from playground.training import run as training_run

TRAINED = ("circle", "spiral", "digits", "digits_cnn")
"""Small, deeper, images, convolution."""


def run(words: list[str]) -> int:
    """Measure how fast this machine trains some presets."""
    parser = Parser(
        prog="playground bench",
        description="Measure how fast this machine trains: updates and examples a second for some presets.",
        epilog="The figures are for comparing machines; close other programs before.",
    )
    parser.add_argument("--seconds", type=positive, default=2, help="how long each is trained (default: 2)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(words)
    found = {name: _measure(name, given.seconds) for name in TRAINED}
    facts.show(found, as_json=given.json)
    return 0


def _measure(name: str, seconds: float) -> dict[str, float]:
    loop = training_run.ready(presets.load(name), None, 1)  # one epoch before: what is set up once does not count
    first, examples, start = loop.step, len(loop.samples.x_train), time.perf_counter()
    epochs = loop.epoch
    for _ in loop.run(0.05):
        if time.perf_counter() - start >= seconds:
            break
    passed = time.perf_counter() - start
    return {
        "updates_per_second": round((loop.step - first) / passed),
        "examples_per_second": round((loop.epoch - epochs) * examples / passed),
    }
