"""Define attributes of the shell that packages use: the display publisher, the display formatter and the kernel."""

from IPython.core.display_functions import publish_display_data

from .formatters import format_value


class DisplayPublisher:
    """``get_ipython().display_pub``."""

    def publish(self, data, metadata=None, **keywords):
        publish_display_data(data, metadata, **keywords)


class DisplayFormatter:
    """``get_ipython().display_formatter``."""

    def format(self, obj, include=None, exclude=None):
        return format_value(obj, include, exclude)


class IPythonKernel:
    """A placeholder for the shell's kernel. Its existence shows packages that they are in a notebook."""


IPythonKernel.__module__ = "ipykernel.ipkernel"
