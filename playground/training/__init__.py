"""Running a project: the training loop, the thread that drives it, and what they tell.

Owns the loop (without a thread), the worker, snapshots, curves, the rules that find a diverged run, and training
without a window. May import engine, data and project; knows nothing of Qt.
"""
