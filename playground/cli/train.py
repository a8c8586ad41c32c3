"""``playground train FILE|PRESET …``"""

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from playground.cli import facts, table_options
from playground.cli.words import Parser, loss, positive, project_file, seed
from playground.insight import report
from playground.training import checkpoint
from playground.training import run as training_run
from playground.training.records import RunState

FAILED, INTERRUPTED = 1, 130


def run(words: list[str]) -> int:
    """``playground train FILE|PRESET …``"""
    given = _parser().parse_args(words)
    opened = table_options.opened(given)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    with (
        _stop_on_interrupt() as interrupted,
        tqdm(total=given.epochs, unit=" epochs", file=sys.stderr, disable=None) as bar,
    ):

        def show(epoch: int, loss: float) -> None:
            bar.update(epoch - bar.n)
            bar.set_postfix(loss=f"{loss:.4f}", refresh=False)

        result = training_run.train(
            opened.project,
            state=opened.state,
            epochs=given.epochs,
            until_test_loss=given.until_test_loss,
            seed=given.seed,
            progress=show,
            interrupted=interrupted.is_set,
        )
    if given.save:
        checkpoint.save(given.save, result.project, result.state)
    _report(given, result)
    if interrupted.is_set():
        print(f"Interrupted{f'; what was learned is in {given.save}' if given.save else ''}.", file=sys.stderr)
        return INTERRUPTED
    return FAILED if result.run_state in (RunState.DIVERGED, RunState.FAILED) else 0


@contextmanager
def _stop_on_interrupt() -> Iterator[threading.Event]:
    """Let Ctrl-C end the training, not the program: what was learned is still reported and saved."""
    interrupted = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def _report(given: argparse.Namespace, result: training_run.Result) -> None:
    counters = result.counters
    found: dict[str, Any] = {
        "preset": given.project,
        "epochs": counters.epoch,
        "steps": counters.step,
        "seconds": round(result.seconds, 3),
        "train_loss": counters.train_loss,
        "test_loss": counters.test_loss,
        "train_metric": counters.train_metric,
        "test_metric": counters.test_metric,
        "metric": counters.metric_name,
        "parameters": result.parameters,
        "seed": result.project.network.seed,
        "state": result.run_state.value,
        "purity": report.purity_by_stage(result.loop),
        "gradient_norm": report.gradient_norm_by_stage(result.loop.network),
    }
    facts.show(found, as_json=given.json)
    if result.message and not given.json:
        print(result.message, file=sys.stderr)


def _parser() -> Parser:
    parser = Parser(prog="playground train", description="Train a project without a window.")
    parser.add_argument("project", metavar="FILE|PRESET|TABLE")
    parser.add_argument("--epochs", type=positive, default=None, help="how many epochs (default: 200)")
    parser.add_argument("--until-test-loss", type=loss, metavar="X", help="stop as soon as the test loss is below X")
    parser.add_argument("--seed", type=seed, help="the seed of the initial weights and of shuffling")
    parser.add_argument("--save", type=project_file, metavar="OUT.playground", help="write the trained project")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    table_options.add(parser)
    return parser
