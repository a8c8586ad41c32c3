"""The only modules that import pyqtgraph; they are loaded after the first paint."""
