"""The window: application start, main window, the one table of actions, menus and dialogs.

Owns nothing of the project: it assembles views around a Session. May import everything to its left.
"""
