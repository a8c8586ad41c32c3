"""The palette: every kind of layer with a picture and a sentence, to be chosen for one place of the network."""

from playground.views.palette.palette import LayerPalette

__all__ = ["LayerPalette"]
