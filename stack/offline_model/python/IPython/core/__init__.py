"""Imitate IPython.core."""
