"""The drawing booth: draw for classes of one's own, train on it, and watch what the network makes of more drawings."""
