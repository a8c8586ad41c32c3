"""Reading pictures with labels: folders, IDX files (the MNIST family) and NumPy archives. No Qt, no project."""

from playground.data.pictures.collection import LEAST_SIDE, MOST_SIDE, PictureError, PictureSet, Wish
from playground.data.pictures.drawn import is_drawn_file, merged, read_drawn, write
from playground.data.pictures.read import looks_like_pictures, read

__all__ = [
    "LEAST_SIDE",
    "MOST_SIDE",
    "PictureError",
    "PictureSet",
    "Wish",
    "is_drawn_file",
    "looks_like_pictures",
    "merged",
    "read",
    "read_drawn",
    "write",
]
