"""Paint data on the decision map: tools, the strip to choose them, and what they do to the document."""
