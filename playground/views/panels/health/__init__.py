"""Weights & gradients: whether every layer learns, layer by layer and over the run."""

from playground.views.panels.health.panel import HealthPanel

__all__ = ["HealthPanel"]
