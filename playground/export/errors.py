"""What goes wrong when something is taken elsewhere."""


class ExportError(ValueError):
    """Something that cannot be exported or written; the message is a sentence that names it and the remedy."""
