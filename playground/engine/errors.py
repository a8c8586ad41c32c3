"""What is said when layers, losses and data do not go together."""


class BuildError(ValueError):
    """A network that cannot be built or trained; the message names what it got, what it needs and the remedy."""
