"""Guided tasks: lessons as files, the conditions of their steps, and what conditions may look at. No Qt."""
