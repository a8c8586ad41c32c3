"""The pictures by name, and the one object that computes them.

Painters of pictures that only some panels ask for are imported when they are: the window comes sooner.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.insight.effects import EffectPainter
from playground.insight.examples import ExamplePainter
from playground.insight.grids import GridPainter
from playground.project.build import Samples
from playground.project.model import DataSettings, Project, SliceSettings
from playground.project.preprocessing import Preprocessing
from playground.project.slices import slice_of

if TYPE_CHECKING:
    from playground.insight.gradcheck import GradientChecker
    from playground.insight.health import HealthPainter
    from playground.insight.judged import Judge
    from playground.insight.representations import RepresentationPainter
    from playground.insight.trace import TracePainter

UNIT_MAPS = "unit_maps"
BOUNDARY = "boundary"
PURITY = "purity"
PREDICTIONS = "predictions"
CONFUSION = "confusion"
JUDGED = "judged"
ACTIVATIONS = "activations"
DISTILLATION = "distillation"
EFFECT = "effect"
STEP = "step"
HEALTH = "health"
COACH = "coach"
LAMP = "lamp"

NAMES = (
    UNIT_MAPS,
    BOUNDARY,
    PURITY,
    PREDICTIONS,
    CONFUSION,
    JUDGED,
    ACTIVATIONS,
    DISTILLATION,
    EFFECT,
    STEP,
    HEALTH,
    COACH,
    LAMP,
)
"""All pictures."""


class Subject(Protocol):
    """What pictures are made of: a training loop, or any network with its project and examples."""

    @property
    def project(self) -> Project:
        """The settings."""

    @property
    def samples(self) -> Samples:
        """The examples."""

    @property
    def network(self) -> Network:
        """The network with its present weights."""


class PictureMaker:
    """Computes pictures by name; all bound programs and buffers are kept as long as network and examples stay.

    Not for several threads at once. ``select`` and ``present`` may be called from any thread.
    """

    def __init__(self) -> None:
        self._example: int | None = None
        self._shown: NDArray[np.floating[Any]] | None = None
        self._network: Network | None = None
        self._samples: Samples | None = None
        self._settings: tuple[DataSettings, SliceSettings] | None = None
        self._see = Preprocessing()
        self._grids: GridPainter | None = None
        self._examples: ExamplePainter
        self._effects: EffectPainter
        self._representations: RepresentationPainter | None = None
        self._steps: TracePainter | None = None
        self._health: HealthPainter | None = None
        self._checker: GradientChecker | None = None
        self._judge: Judge | None = None

    def select(self, example: int | None) -> None:
        """Show the activations for this row of the data set from now on; None: its first test example."""
        self._example = example

    def present(self, inputs: NDArray[np.floating[Any]] | None) -> None:
        """Show the activations for these raw inputs, which are no row of the data set; None: for a row again."""
        self._shown = inputs

    def __call__(self, subject: Subject, names: frozenset[str]) -> Mapping[str, Any]:
        """Compute the named pictures; a picture is None where it makes no sense (no maps for images).

        Raises:
            KeyError: for a name that no picture has.
        """
        self._follow(subject)
        self._examples.threshold = subject.project.training.loss.threshold
        with np.errstate(all="ignore"):  # weights of a diverged run are pictured as they are
            return {name: self._compute(name, subject) for name in names}

    def _compute(self, name: str, subject: Subject) -> Any:
        if name == UNIT_MAPS:
            return self._grids and self._grids.unit_maps()
        if name == BOUNDARY:
            return self._grids and self._grids.boundary()
        if name == PURITY:
            return self._examples.purity()
        if name == PREDICTIONS:
            return self._examples.predictions()
        if name == CONFUSION:
            return self._examples.confusion()
        if name == ACTIVATIONS:
            return self._activations(subject)
        if name == JUDGED:
            if self._judge is None:
                from playground.insight.judged import Judge

                self._judge = Judge(subject.network, subject.samples)
            return self._judge.judged(subject.project.training.loss)
        if name == DISTILLATION:
            if self._representations is None:
                from playground.insight.representations import RepresentationPainter

                seed = subject.project.data.seed
                self._representations = RepresentationPainter(subject.network, subject.samples, self._see, seed)
            return self._representations.distillation()
        return self._compute_of_run(name, subject)

    def _activations(self, subject: Subject) -> Any:
        """What all layers answer to what is presented, else to the selected example."""
        dataset, example, shown = subject.samples.dataset, self._example, self._shown
        if shown is not None and shown.shape == dataset.inputs.shape[1:]:
            return self._examples.activations_for(self._see(shown[None])[0])
        if example is None or not 0 <= example < dataset.n:
            example = int(dataset.test[0])
        return self._examples.activations(example)

    def _compute_of_run(self, name: str, subject: Subject) -> Any:
        """Pictures that know more of a run than its weights."""
        if name == EFFECT:  # only runs know of edits by hand
            edit = getattr(subject, "last_edit", None)
            return self._effects.ripple(subject.project, subject.samples, subject.network, edit)
        if name == STEP:  # only runs have a next mini-batch
            from playground.insight.trace import Running, TracePainter

            self._steps = self._steps or TracePainter()
            return self._steps.trace(subject) if isinstance(subject, Running) else None
        if name in (HEALTH, COACH):
            if self._health is None:
                from playground.insight.health import HealthPainter

                self._health = HealthPainter(subject.network)
            return self._health.health(subject) if name == HEALTH else self._health.now_and_then(subject)
        if name == LAMP:
            if self._checker is None:
                from playground.insight.gradcheck import GradientChecker

                self._checker = GradientChecker(subject.network)
            return self._checker.now_and_then(subject.project, subject.samples)
        raise KeyError(name)

    def _follow(self, subject: Subject) -> None:
        """Begin anew when the network or the examples are other ones."""
        network, samples, project = subject.network, subject.samples, subject.project
        settings = project.data, project.view.slice
        if self._network is network and self._samples is samples and self._settings == settings:
            return
        if self._network is not network:
            self._health = self._checker = None
        self._network, self._samples, self._settings = network, samples, settings
        cut = slice_of(project, samples.dataset)
        self._see = Preprocessing.of(project, samples.dataset)
        self._grids = None if cut is None else GridPainter(network, cut, self._see)
        self._examples = ExamplePainter(network, samples, project.data.seed)
        self._effects = EffectPainter()
        self._representations = self._judge = None


def compute(subject: Subject, names: frozenset[str]) -> Mapping[str, Any]:
    """Compute pictures once, without keeping anything (``PictureMaker`` serves a running loop)."""
    return PictureMaker()(subject, names)
