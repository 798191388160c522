"""Imitate IPython.lib."""
