"""Call registered functions before and after each cell: ``get_ipython().events``."""

import sys

class ExecutionInfo:
    """Describes a cell that is about to run."""

    def __init__(self, raw_cell, store_history, silent):
        self.raw_cell = raw_cell
        self.store_history = store_history
        self.silent = silent
        self.cell_id = None


class ExecutionResult:
    """The result of a cell: whether it raised an exception."""

    error_before_exec = None

    def __init__(self, info, execution_count, error_in_exec=None):
        self.info = info
        self.execution_count = execution_count
        self.error_in_exec = error_in_exec

    @property
    def success(self):
        """Whether the cell raised no exception."""
        return self.error_in_exec is None


_EVENTS = ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell")


class EventManager:
    """Calls the functions that are registered for an event."""

    def __init__(self, shell):
        self.shell = shell
        self.callbacks = {event: [] for event in _EVENTS}

    def register(self, event, function):
        """Register a function for an event.

    Raise TypeError if it is not callable, and KeyError if there is no such event.
    """
        if not callable(function):
            raise TypeError(f"Need a callable, got {function!r}")
        if function not in self.callbacks[event]:
            self.callbacks[event].append(function)

    def unregister(self, event, function):
        """Remove a function from an event. Raise ValueError if it is not registered."""
        if function not in self.callbacks[event]:
            raise ValueError(f"Function {function!r} is not registered as a {event} callback")
        self.callbacks[event].remove(function)

    def trigger(self, event, *args, **kwargs):
        """Call the functions of an event. An exception of one of them is shown, and the next function is called."""
        for function in self.callbacks[event][:]:
            try:
                function(*args, **kwargs)
            except (Exception, KeyboardInterrupt):
                where = f"Error in callback {function} (for {event}), with arguments args {args},kwargs {kwargs}:"
                sys.stdout.write(f"{where}\n")
                self.shell.showtraceback()
