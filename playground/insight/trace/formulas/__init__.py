"""Formulas as data: written once as an expression, shown with symbols and with numbers, and evaluated in tests.

``expression``: what a formula is. ``activations``, ``losses``, ``optimizers``: one short entry for each one of the
engine; what has none is shown by its numbers alone.
"""
