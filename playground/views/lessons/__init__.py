"""Lessons on the window: the panel with the steps, the ring around a control, and the list of all lessons."""
