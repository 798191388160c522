"""Report exceptions as the cell's error output."""

import sys

from IPython.core.error import UsageError

from . import host, tracebacks
from .ipython_frames import EXIT_WARNING_LOCATION

_EXIT_WARNING = (
    f"{EXIT_WARNING_LOCATION}: UserWarning: To exit: use 'exit', 'quit', or Ctrl-D.\n"
    "  warn(\"To exit: use 'exit', 'quit', or Ctrl-D.\", stacklevel=1)\n"
)


class ErrorDisplay:
    """Shows the exceptions of a shell. ``mode`` is the setting of ``%xmode``."""

    def __init__(self):
        self._has_warned_of_exit = False

    def show(self, error, mode):
        """Show an exception and, except for a UsageError, store it as ``sys.last_exc``."""
        if isinstance(error, UsageError):
            _report_error(error, [f"UsageError: {error}"], mode)
            return
        sys.last_exc = sys.last_value = error
        sys.last_type, sys.last_traceback = type(error), error.__traceback__
        if isinstance(error, SystemExit):
            self.show_exit(error, mode)
            self._warn_of_exit()
        else:
            _report_error(error, tracebacks.format_traceback(error), mode)

    def show_exit(self, error, mode):
        """Show a SystemExit without IPython's warning."""
        text = tracebacks.message(error)
        name = type(error).__name__
        line = f"{name}: {text}\n" if text else f"{name}\n"
        _report_error(error, ["An exception has occurred, use %tb to see the full traceback.\n", line], mode)

    def _warn_of_exit(self):
        """Write IPython's warning after the first SystemExit."""
        if not self._has_warned_of_exit:
            self._has_warned_of_exit = True
            sys.stderr.write(_EXIT_WARNING)


def _report_error(error, lines, mode):
    if mode == "Minimal":
        lines = lines[-1:]
    host.call("error", ename=type(error).__name__, evalue=tracebacks.message(error), traceback=lines)
