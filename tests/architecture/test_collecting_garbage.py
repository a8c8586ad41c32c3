"""Declarations survive the garbage collector at every step.

Some type hints make msgspec 0.22 crash the interpreter while it collects garbage (a union with a tuple of fixed
length does); this reads everything with a collection at almost every allocation, in a process of its own.
"""

import subprocess
import sys

SCRIPT = """
import gc
gc.set_threshold(1, 1, 1)
from playground.engine import layers, losses, optimizers
from playground.engine.settings import describe
from playground.project import presets
for registry in (layers.LAYERS, losses.LOSSES, optimizers.OPTIMIZERS):
    for _, cls in registry.items():
        describe(cls), cls()
for name in presets.names():
    presets.load(name)
print("whole")
"""


def test_reading_declarations_and_files_while_garbage_is_collected() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr
