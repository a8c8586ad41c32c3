"""The panels below the canvas, one after the other, at full training speed: ``python -m benchmarks.probe_panels PROJECT
SECONDS``.

Each is opened in the real window and left alone for a moment; then the interval of a 60 Hz timer is measured.
"""

import json
import sys
from typing import Any

from benchmarks.probe_live import Watch, wait
from benchmarks.projects import PROJECTS
from playground.app.application import create
from playground.app.lower_tabs import TABS

WARM_UP = 1.5


def main(name: str, seconds: float) -> None:
    """Train, open each tab in turn and measure for ``seconds``."""
    _app, window = create(["playground"])
    if name != "default":
        window.session.document.open(PROJECTS[name](), name=name)
    watch = Watch(window)
    window.resize(1366, 768)
    window.show()
    wait(1000 * WARM_UP)
    window.actions_by_id["run.train"].trigger()
    found: dict[str, Any] = {}
    for spec in TABS:
        window.tabs.open(spec.id)
        wait(1000 * WARM_UP)
        watch.start()
        wait(1000 * seconds)
        found[spec.title.replace("&&", "&")] = watch.stop()
    window.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
