"""What a class sees besides the network: the strip of projector mode, the pointer's spotlight, and pressed keys."""
