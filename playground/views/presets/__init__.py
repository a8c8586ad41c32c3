"""The projects to begin with, each with a picture."""
