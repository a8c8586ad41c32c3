"""The network canvas: the loop of deep learning as the centre of the window.

Owns the painted network with its controls, the loss card and the optimizer card. May import what views may import.
"""

from playground.views.canvas.canvas import NetworkCanvas

__all__ = ["NetworkCanvas"]
