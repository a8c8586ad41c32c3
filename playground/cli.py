"""The command ``playground``: opens the window; trains, lists, inspects and takes pictures without a screen.

Results go to standard output, messages to standard error. Exit code 0: fine, 1: failed, 2: bad input (one sentence).
The window is imported only by the commands that need it, so that the others start fast and need no Qt.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from playground import __version__
from playground.insight import report
from playground.project import presets
from playground.project.fileformat import FileError
from playground.training import checkpoint
from playground.training import run as training_run
from playground.training.records import RunState

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
PICTURES = (".png", ".jpg", ".jpeg", ".bmp")
TABS = ("loss", "distillation", "health")
PANELS = ("run", "data", "network", "output", *TABS)


class BadInputError(Exception):
    """Words on the command line that make no sense; the message is one sentence."""


class CannotOpenError(Exception):
    """The window cannot open on this system; the message is one sentence."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Raise BadInputError in place of exiting."""
        raise BadInputError(f"{message[0].upper()}{message[1:]}. Try: {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    commands: dict[str, Callable[[list[str]], int]] = {
        "presets": list_presets,
        "train": train,
        "inspect": inspect,
        "shot": shot,
        "demo": demo,
    }
    try:
        if words and words[0] in commands:
            return commands[words[0]](words[1:])
        return open_window(words)
    except (BadInputError, FileError, training_run.CannotTrainError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except CannotOpenError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our results has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def open_window(words: list[str]) -> int:
    """``playground [FILE|PRESET]``"""
    parser = Parser(
        prog="playground",
        description="Build a neural network by hand, press Train and see it learn.",
        epilog="Further commands: playground presets, train, inspect, shot, demo; each has its own --help. "
        "A file named like a command is opened by ./NAME.",
    )
    parser.add_argument(
        "project", nargs="?", metavar="FILE|PRESET", help="a .playground file or a preset (default: circle)"
    )
    parser.add_argument("--version", action="version", version=f"Deep Learning Playground {__version__}")
    given = parser.parse_args(words)
    if given.project is not None:
        checkpoint.open_named(given.project)  # a wrong name is told here, before a window opens
    _check_platform(screen=True)
    from playground.app import commands

    return commands.open_window(["playground", *filter(None, [given.project])])


def list_presets(words: list[str]) -> int:
    """``playground presets``"""
    Parser(prog="playground presets", description="List the projects that come with the app.").parse_args(words)
    for name in presets.names():
        info = presets.info(name)
        print(f"{name:12} {info.title}: {info.description}")
    sys.stdout.flush()
    return 0


def train(words: list[str]) -> int:
    """``playground train FILE|PRESET …``"""
    given = _train_parser().parse_args(words)
    opened = checkpoint.open_named(given.project)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    with tqdm(total=given.epochs, unit=" epochs", file=sys.stderr, disable=None) as bar:

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
        )
    if given.save:
        checkpoint.save(given.save, result.project, result.state)
    _report(given, result)
    return FAILED if result.run_state in (RunState.DIVERGED, RunState.FAILED) else 0


def _report(given: argparse.Namespace, result: training_run.Result) -> None:
    counters = result.counters
    facts: dict[str, Any] = {
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
    _print(facts, as_json=given.json)
    if result.message and not given.json:
        print(result.message, file=sys.stderr)


def inspect(words: list[str]) -> int:
    """``playground inspect FILE|PRESET …``"""
    parser = Parser(prog="playground inspect", description="Look inside a network: purity, gradients, health.")
    parser.add_argument("project", metavar="FILE|PRESET")
    parser.add_argument("--epochs", type=_count, default=0, help="train so long before (default: 0)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(words)
    opened = checkpoint.open_named(given.project)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    loop = training_run.ready(opened.project, opened.state, given.epochs)
    _print({"preset": given.project, **report.inside(loop)}, as_json=given.json)
    return 0


def _print(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name:13} {_plain(value)}")


def _plain(value: Any) -> str:
    """A fact as a reader wants it: numbers rounded, stages side by side."""
    if isinstance(value, list):
        return ", ".join(f"{entry['stage']} {_plain(entry['value'])}" for entry in value)
    if isinstance(value, dict):
        return "".join(f"\n  {key:20} {_plain(number)}" for key, number in value.items())
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _train_parser() -> Parser:
    parser = Parser(prog="playground train", description="Train a project without a window.")
    parser.add_argument("project", metavar="FILE|PRESET")
    parser.add_argument("--epochs", type=_positive, default=None, help="how many epochs (default: 200)")
    parser.add_argument("--until-test-loss", type=_loss, metavar="X", help="stop as soon as the test loss is below X")
    parser.add_argument("--seed", type=_seed, help="the seed of the initial weights and of shuffling")
    parser.add_argument("--save", type=_project_file, metavar="OUT.playground", help="write the trained project")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def shot(words: list[str]) -> int:
    """``playground shot FILE|PRESET -o OUT.png …``"""
    parser = Parser(prog="playground shot", description="Write a picture of the window after some training.")
    parser.add_argument("project", metavar="FILE|PRESET")
    parser.add_argument("-o", "--output", type=_picture_file, required=True, metavar="OUT.png")
    parser.add_argument("--epochs", type=_count, default=0, help="train so long before (default: 0)")
    parser.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH")
    parser.add_argument("--scale", type=_scale, default=1.0, help="pixels per point (default: 1)")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--panel", default="", choices=PANELS, help="only this panel")
    parser.add_argument("--tab", default="", choices=TABS, help="open this tab below the network")
    given = parser.parse_args(words)
    _check_platform(screen=False)
    from playground.app import commands

    commands.quiet_platform()
    values = vars(given)
    return commands.shoot(commands.Shot(values.pop("project"), **values))


def demo(words: list[str]) -> int:
    """``playground demo``"""
    Parser(
        prog="playground demo",
        description="Open the window without a screen, train the default project and write playground.png.",
    ).parse_args(words)
    _check_platform(screen=False)
    from playground.app import commands

    commands.quiet_platform()
    return commands.demo()


def _check_platform(screen: bool) -> None:
    """See whether Qt, and (asked for) a screen, can be had, before Qt is imported.

    Raises:
        CannotOpenError: with a sentence that says what to do.
    """
    from playground.app import platform_check

    try:
        platform_check.check(screen)
    except platform_check.PlatformError as error:
        raise CannotOpenError(str(error)) from error


def _positive(text: str) -> int:
    return _whole(text, 1)


def _count(text: str) -> int:
    return _whole(text, 0)


def _seed(text: str) -> int:
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 16384 and 200 <= int(height) <= 16384):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1366x768 (each from 200 to 16384)")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.5 <= value <= 4.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale from 0.5 to 4")
    return value


def _loss(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def _project_file(text: str) -> Path:
    return _with_suffix(text, (checkpoint.SUFFIX,))


def _picture_file(text: str) -> Path:
    return _with_suffix(text, PICTURES)


def _with_suffix(text: str, suffixes: tuple[str, ...]) -> Path:
    if Path(text).suffix.lower() not in suffixes:
        raise argparse.ArgumentTypeError(f"{text!r} does not end in {' or '.join(suffixes)}")
    return Path(text)
