"""The start-up probe of the benchmark as a packaged program beside the real one, of the same files; never shipped."""

import json
import sys

if __name__ == "__main__":
    from benchmarks import probe_start

    if sys.argv[1] == "plain":
        import pyqtgraph  # noqa: F401  for PyInstaller to see

    print(json.dumps({"app": probe_start.app, "plain": probe_start.plain}[sys.argv[1]]()))
