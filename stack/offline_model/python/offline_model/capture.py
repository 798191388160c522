"""Implement %%capture, which stores a cell's outputs instead of showing them."""

import contextlib
import sys

from IPython.core.display_functions import display
from IPython.utils.capture import capture_output

from . import host, timing
from .magic_options import parse_words
from .magics import cell_magic


@cell_magic("capture")
def _capture(shell, line, cell):
    flags, names = parse_words(line, "--no-stdout", "--no-stderr", "--no-display")
    captures = capture_output(*(f"--no-{name}" not in flags for name in ("stdout", "stderr", "display")))
    with captures as captured:
        shell.user_ns.update(dict.fromkeys(names[:1], captured))
        value = timing.run_source(shell, cell, "<captured cell>")
        if captures.display and value is not None:
            display(value)
        shell.events.trigger("post_execute")  # shows the open figures inside the capture
    if not captures.display:
        sys.displayhook(value)


@contextlib.contextmanager
def captured_calls(outputs):
    """Append each displayed output to a list, as a dictionary of ``data`` and ``metadata``, inside a ``with`` block."""

    def capture_call(name, arguments):
        if name != "display":
            return False
        if arguments["data"]:  # empty for clear_output()
            outputs.append({"data": arguments["data"], "metadata": arguments.get("metadata", {})})
        return True

    previous, host.intercept = host.intercept, capture_call
    try:
        yield
    finally:
        host.intercept = previous
