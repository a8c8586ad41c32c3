"""The samples a network learns from: generators, bundled data, features of the plane, the seeded split.

Owns every array of examples; knows nothing of networks, projects or training.
May import ``engine`` (settings and registries) and ``resources``; no Qt.
"""

from playground.data.dataset import DOMAIN, Dataset, Task
from playground.data.features import FEATURES, Feature, expand
from playground.data.make import make
from playground.data.sources import SOURCES, AnySource, Source

__all__ = ["DOMAIN", "FEATURES", "SOURCES", "AnySource", "Dataset", "Feature", "Source", "Task", "expand", "make"]
