"""Deep Learning Playground: build a neural network by hand, press Train and see it learn.

The packages import one way only: engine ← data ← project ← training ← insight ← session ← views ← app ← cli.
Everything left of ``session`` works without Qt and without a screen.
"""

import os
import sys

# One BLAS thread, set before NumPy loads: products of this app's size run slower on two threads as soon as the
# second core is busy drawing (measured: up to 40 ms instead of 0.1 ms a step). A number that the user set stays.
_unset = {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"} - os.environ.keys()
os.environ.update(dict.fromkeys(_unset, "1"))
if _unset and "numpy" in sys.modules:  # it was loaded first and has its threads already
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")

__version__ = "0.1.0"
