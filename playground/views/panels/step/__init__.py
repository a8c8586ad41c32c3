"""Step through: one mini-batch, beat by beat, with its formulas; the canvas lights what takes part."""

from playground.views.panels.step.step_panel import StepPanel

__all__ = ["StepPanel"]
