"""Speed, as ratios taken in one run: the engine against other libraries, the live window against the bare loop."""
