"""Importing pictures: what was found, how it will look, and how it is varied, before anything changes."""
