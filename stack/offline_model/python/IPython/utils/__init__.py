"""Imitate IPython.utils."""
