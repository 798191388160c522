"""The cell's standard output, error and input."""

import io
import sys

from IPython.core.error import StdinNotImplementedError

from . import host


class OutputStream(io.TextIOBase):
    """A text stream whose every write is reported at once."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name):
        self.name = f"<{name}>"
        self._stream = name

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        host.stream(self._stream, text)
        return len(text)

    def writable(self):
        return True

    def close(self):
        """A cell cannot close it: the next one needs it."""


def refuse_input(prompt=""):
    """Refuses to read a line, as IPython does where the front end has no standard input."""
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def refuse_password(prompt="Password: ", stream=None):
    """Refuses to read a password."""
    raise StdinNotImplementedError("getpass was called, but this frontend does not support input requests.")


def install():
    """Makes them the interpreter's streams."""
    import builtins
    import getpass

    sys.stdout = sys.__stdout__ = OutputStream("stdout")
    sys.stderr = sys.__stderr__ = OutputStream("stderr")
    sys.stdin = sys.__stdin__ = io.StringIO()
    builtins.input = refuse_input
    getpass.getpass = refuse_password
