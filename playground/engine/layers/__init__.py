"""Layers: each a short file in which the maths can be read line by line."""

from playground.engine.layers.base import LAYERS, Layer, ShapeError
from playground.engine.layers.dense import Dense
from playground.engine.layers.reshape import Flatten, Reshape

AnyLayer = LAYERS.union()

__all__ = ["LAYERS", "AnyLayer", "Dense", "Flatten", "Layer", "Reshape", "ShapeError"]
