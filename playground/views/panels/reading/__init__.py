"""How to read the panels: what colours, axes and units mean, and what the present picture says, in one sentence."""
