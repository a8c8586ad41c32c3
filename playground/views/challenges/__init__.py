"""Challenges on the window: the card with goal, meter and stars, the list of all of them, and checking a code."""
