"""Capture the outputs of code instead of showing them."""

import contextlib
import io
import sys

from IPython.core.display_functions import publish_display_data


class CapturedIO:
    """The captured outputs, as ``%%capture name`` assigns them to ``name``."""

    def __init__(self, stdout, stderr, outputs=None):
        self._stdout = stdout
        self._stderr = stderr
        self._outputs = [] if outputs is None else outputs

    def __str__(self):
        return self.stdout

    @property
    def stdout(self):
        return self._stdout.getvalue() if self._stdout else ""

    @property
    def stderr(self):
        return self._stderr.getvalue() if self._stderr else ""

    @property
    def outputs(self):
        return [RichOutput(**arguments) for arguments in self._outputs]

    def show(self):
        """Show the captured text of each stream, then the displayed outputs."""
        sys.stdout.write(self.stdout)
        sys.stderr.write(self.stderr)
        for output in self.outputs:
            output.display()

    __call__ = show


class RichOutput:
    """A displayed output that was captured."""

    def __init__(self, data=None, metadata=None, transient=None, update=False):
        self.data = data or {}
        self.metadata = metadata or {}

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.data, self.metadata

    def display(self):
        """Display the captured output."""
        publish_display_data(self.data, self.metadata)


class capture_output:
    """A context manager that captures the outputs of its block. It returns a :class:`CapturedIO`."""

    def __init__(self, stdout=True, stderr=True, display=True):
        self.stdout = stdout
        self.stderr = stderr
        self.display = display
        self._stack = contextlib.ExitStack()

    def __enter__(self):
        from offline_model.capture import captured_calls

        stdout, stderr, outputs = io.StringIO(), io.StringIO(), []
        if self.stdout:
            self._stack.enter_context(contextlib.redirect_stdout(stdout))
        if self.stderr:
            self._stack.enter_context(contextlib.redirect_stderr(stderr))
        if self.display:
            self._stack.enter_context(captured_calls(outputs))
        return CapturedIO(self.stdout and stdout, self.stderr and stderr, outputs)

    def __exit__(self, *_):
        self._stack.close()
