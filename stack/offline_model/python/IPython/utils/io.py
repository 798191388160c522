"""Imitate IPython.utils.io."""

from .capture import capture_output

__all__ = ["capture_output"]
