"""The rules, by what they look at: data, learning rate, units, and how well the network fits."""
