"""A stand-in for IPython: what notebooks import from it, on top of the offline model's shell."""

from .core.display_functions import display, update_display

__version__ = "9.11.0"
version_info = (9, 11, 0, "")


def get_ipython():
    """The running shell, or None where there is none."""
    from offline_model.shell import SHELL

    return SHELL


__all__ = ["display", "get_ipython", "update_display", "version_info"]
