"""A stand-in for IPython.utils."""
