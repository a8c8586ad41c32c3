"""What differs between two projects, and what that means for a run."""

import enum

import msgspec

from playground.project.model import Project


class Change(enum.IntFlag):
    """Parts of the project that differ; views refresh for the flags that they show."""

    NOTHING = 0
    DATA = enum.auto()
    FEATURES = enum.auto()
    NETWORK = enum.auto()
    WEIGHTS = enum.auto()
    LOSS = enum.auto()
    OPTIMIZER = enum.auto()
    TRAINING = enum.auto()
    STOP = enum.auto()
    VIEW = enum.auto()
    SLICE = enum.auto()
    DRAWINGS = enum.auto()
    ALL = DATA | FEATURES | NETWORK | WEIGHTS | LOSS | OPTIMIZER | TRAINING | STOP | VIEW | SLICE | DRAWINGS


class Effect(enum.IntEnum):
    """What a change does to a run, mildest first.

    LIVE: the running loop takes it over. CARRY_OVER: a new loop starts from the weights that still fit
    (``build.carry_over``). RESTART: a new loop starts from fresh weights.
    """

    NOTHING = 0
    LIVE = 1
    CARRY_OVER = 2
    RESTART = 3


def compare(old: Project, new: Project) -> Change:
    """Return the flags of everything that differs."""
    if old is new:
        return Change.NOTHING
    differs = {
        Change.DATA: _differ(old.data, new.data, but=("features",)),
        Change.FEATURES: old.data.features != new.data.features,
        Change.NETWORK: old.network.layers != new.network.layers,
        Change.WEIGHTS: old.network.seed != new.network.seed,
        Change.LOSS: old.training.loss != new.training.loss,
        Change.OPTIMIZER: old.training.optimizer != new.training.optimizer,
        Change.TRAINING: _differ(old.training, new.training, but=("loss", "optimizer", "stop")),
        Change.STOP: old.training.stop != new.training.stop,
        Change.VIEW: _differ(old.view, new.view, but=("slice",)),
        Change.SLICE: old.view.slice != new.view.slice,
        Change.DRAWINGS: old.drawings != new.drawings,
    }
    result = Change.NOTHING
    for change, differing in differs.items():
        if differing:
            result |= change
    return result


def _differ(old: msgspec.Struct, new: msgspec.Struct, but: tuple[str, ...]) -> bool:
    """Whether any setting differs, apart from those named."""
    return any(getattr(old, name) != getattr(new, name) for name in old.__struct_fields__ if name not in but)


def effect(change: Change) -> Effect:
    """Return the strongest effect that a change has on a run.

    Noise, points, share, seed and kind of the data, features and layers keep the weights that still fit; only a new
    weight seed asks for fresh ones.
    """
    if change & Change.WEIGHTS:
        return Effect.RESTART
    if change & (Change.DATA | Change.FEATURES | Change.NETWORK):
        return Effect.CARRY_OVER
    if change & (Change.LOSS | Change.OPTIMIZER | Change.TRAINING | Change.STOP | Change.SLICE):
        return Effect.LIVE
    return Effect.NOTHING
