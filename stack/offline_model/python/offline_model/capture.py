"""%%capture: keeps what a cell puts out instead of showing it."""

import contextlib
import io
import sys

from IPython.core.display_functions import display, publish_display_data

from . import host, timing
from .magics import cell_magic


class CapturedIO:
    """What ``%%capture name`` leaves in ``name``."""

    def __init__(self, stdout, stderr, outputs):
        self._stdout = stdout
        self._stderr = stderr
        self.outputs = outputs

    def __str__(self):
        return self.stdout

    @property
    def stdout(self):
        return self._stdout.getvalue()

    @property
    def stderr(self):
        return self._stderr.getvalue()

    def show(self):
        """Shows all of it: the text of each stream, then what was displayed."""
        sys.stdout.write(self.stdout)
        sys.stderr.write(self.stderr)
        for output in self.outputs:
            output.display()

    __call__ = show


class RichOutput:
    """One displayed output that was captured."""

    def __init__(self, data, metadata):
        self.data = data
        self.metadata = metadata

    def __repr__(self):
        return f"RichOutput({self.data})"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.data, self.metadata

    def display(self):
        """Shows it after all."""
        publish_display_data(self.data, self.metadata)


@cell_magic("capture")
def _capture(shell, line, cell):
    words = line.split()
    names = [word for word in words if not word.startswith("--")]
    captured = CapturedIO(io.StringIO(), io.StringIO(), [])
    with contextlib.ExitStack() as stack:
        if "--no-stdout" not in words:
            stack.enter_context(contextlib.redirect_stdout(captured._stdout))
        if "--no-stderr" not in words:
            stack.enter_context(contextlib.redirect_stderr(captured._stderr))
        if "--no-display" not in words:
            stack.enter_context(_captured_calls(captured.outputs))
        stack.callback(shell.user_ns.update, dict.fromkeys(names[:1], captured))
        value = timing.run_source(shell, cell, "<captured cell>")
        if value is not None:
            display(value)
        shell.events.trigger("post_execute")  # figures that are open are the captured cell's


@contextlib.contextmanager
def _captured_calls(outputs):
    def keep(name, arguments):
        if name != "display":
            return False
        if arguments["data"]:  # clear_output() has none
            outputs.append(RichOutput(arguments["data"], arguments.get("metadata", {})))
        return True

    previous, host.intercept = host.intercept, keep
    try:
        yield
    finally:
        host.intercept = previous
