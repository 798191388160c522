"""Imitate the parts of IPython that notebooks import, on top of the offline model's shell."""

from .core.display_functions import display, update_display
from .core.release import version as __version__  # boot.ts writes this module when Python boots

version_info = (*map(int, __version__.split(".")), "")


def get_ipython():
    """Return the running shell."""
    from offline_model.shell import SHELL

    return SHELL


__all__ = ["display", "get_ipython", "update_display", "version_info"]
