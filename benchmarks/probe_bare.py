"""The training of a project without window and thread: ``python -m benchmarks.probe_bare PROJECT SECONDS``."""

import json
import sys
import time

import numpy as np

from benchmarks.projects import PROJECTS
from playground.project import build
from playground.project.build import Samples
from playground.project.model import Project
from playground.training.loop import TrainingLoop

WARM_UP = 0.5


def main(name: str, seconds: float) -> None:
    """Print mini-batches a second of the engine alone, and of the training loop around it."""
    project = PROJECTS[name]()
    samples = build.samples(project)
    found = {"loop": loop_speed(project, samples, seconds), "engine": engine_speed(project, samples, seconds)}
    print(json.dumps(found))


def loop_speed(project: Project, samples: Samples, seconds: float) -> float:
    """Mini-batches a second of the loop that the worker pulls from, with test loss and records."""
    loop = TrainingLoop(project, samples)
    slices = loop.run(0.002)
    start, first = time.perf_counter(), -1
    while True:
        next(slices)
        now = time.perf_counter()
        if first < 0 and now - start >= WARM_UP:
            start, first = now, loop.step
        elif first >= 0 and now - start >= seconds:
            return (loop.step - first) / (now - start)


def engine_speed(project: Project, samples: Samples, seconds: float) -> float:
    """Mini-batches a second of the recorded program, epoch after epoch, with nothing around it."""
    settings = project.training
    run = build.network(project).compile(
        samples.x_train,
        samples.y_train,
        loss=settings.loss,
        optimizer=settings.optimizer,
        batch_size=settings.batch_size,
        rng=np.random.default_rng(0),
        l1=settings.l1,
        l2=settings.l2,
    )
    run.run_epoch()
    steps, start = 0, time.perf_counter()
    per_epoch: int = run.steps_per_epoch
    while True:
        run.run_epoch()
        steps += per_epoch
        now = time.perf_counter()
        if now - start >= seconds:
            return steps / (now - start)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
