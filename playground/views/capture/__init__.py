"""Pictures of the window to take elsewhere: one panel as a file or on the clipboard, the training as an animation."""
