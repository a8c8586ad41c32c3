"""Writing lessons: a draft with its edits and its file, and what a step may wait for after something was done."""
