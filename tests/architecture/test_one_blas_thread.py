"""Products of this app's size are slower on two BLAS threads; whichever way the program is entered, there is one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
REPORT = """
import numpy, threadpoolctl
numbers = [pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
print("threads", *numbers)
"""
ENTERED = """
try:
    {0}
except SystemExit as ended:
    assert ended.code in (0, None), ended.code
"""
DOORS = {
    "engine": "import playground.engine",
    "numpy first": "import numpy, playground.engine",
    "console script": "import sys; sys.argv = ['playground', 'presets']\nfrom playground.cli import main"
    + ENTERED.format("sys.exit(main())"),
    "python -m": "import sys, runpy; sys.argv = ['playground', 'presets']"
    + ENTERED.format("runpy.run_module('playground', run_name='__main__')"),
    "window": "import playground.app.application",
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_one_thread(door: str) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    command = [sys.executable, "-c", door + REPORT]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "threads 1"


def test_one_thread_in_the_tests_themselves() -> None:
    import numpy as np

    np.ones((2, 2)) @ np.ones((2, 2))
    assert [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"] == [1]
