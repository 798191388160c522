"""Replace the standard streams, ``input`` and ``getpass``."""

import io
import sys

from IPython.core.error import StdinNotImplementedError

from . import host
from .ipython_frames import call_below


class OutputStream(io.TextIOBase):
    """A text stream that reports each write immediately. The host shows the text within 0.2 s, or when it is flushed."""

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

    def flush(self):
        host.flush(self._stream)

    def close(self):
        """Do nothing, because later cells need the stream."""


OutputStream.__module__ = "ipykernel.iostream"
OutputStream.__qualname__ = OutputStream.__name__ = "OutStream"  # the name in its repr


def _refuse(message):
    raise StdinNotImplementedError(message)


def _ask(frame, prompt, password):
    if host.can_ask:
        answer = host.ask(str(prompt), password)
        if "typed" in answer:
            return answer["typed"]
        exception, _, message = answer["raises"].partition(": ")
        if exception == "EOFError":
            raise EOFError(*([message] if message else []))
    call_below([frame], _refuse, f"{frame} was called, but this frontend does not support input requests.")


def read_input(prompt=""):
    """Request a line of input. Raise StdinNotImplementedError if the front end does not support input requests."""
    return _ask("raw_input", prompt, False)


def read_password(prompt="Password: ", stream=None):
    """Request a password. Raise StdinNotImplementedError if the front end does not support input requests."""
    return _ask("getpass", prompt, True)


class _NamedBytes(io.BytesIO):
    """An empty file with the name of standard input."""

    name = "<stdin>"


def install():
    """Replace the interpreter's standard streams and input functions."""
    import builtins
    import getpass

    sys.stdout = sys.__stdout__ = OutputStream("stdout")
    sys.stderr = sys.__stderr__ = OutputStream("stderr")
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(_NamedBytes(), encoding="utf-8")
    sys.stdin.mode = "r"
    builtins.input = read_input
    getpass.getpass = read_password
