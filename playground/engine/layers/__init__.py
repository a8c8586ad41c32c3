"""Layers: each a short file in which the maths can be read line by line."""

from playground.engine.layers.activation import Activation
from playground.engine.layers.base import LAYERS, Layer, ShapeError
from playground.engine.layers.convolution import Conv2D, DepthwiseConv2D
from playground.engine.layers.dense import Dense
from playground.engine.layers.dropout import Dropout, GaussianNoise
from playground.engine.layers.normalization import BatchNormalization, LayerNormalization
from playground.engine.layers.pooling import AveragePooling2D, GlobalAveragePooling2D, MaxPooling2D
from playground.engine.layers.reshape import Flatten, Reshape
from playground.engine.layers.residual import AnyLayer, Residual  # the last one, as it may hold all others

__all__ = [
    "LAYERS",
    "Activation",
    "AnyLayer",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GaussianNoise",
    "GlobalAveragePooling2D",
    "Layer",
    "LayerNormalization",
    "MaxPooling2D",
    "Reshape",
    "Residual",
    "ShapeError",
]
