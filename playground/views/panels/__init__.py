"""The panels around the network canvas: data, run bar, output, loss, messages."""
