"""Widgets: theme, forms, panels, plots and the network canvas.

Owns what is seen and nothing else: no maths, no copies of values. May import session and everything left of it.
"""
