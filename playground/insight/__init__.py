"""Pictures of a network, as arrays: maps, predictions, purity.

Owns everything that is computed to be looked at; draws nothing. The same functions serve a running loop, a paused
one and the command line. May import engine, data, project and training; knows nothing of Qt.
"""
