"""The events around a cell, to which functions can be added: ``get_ipython().events``."""

import sys

class ExecutionInfo:
    """What is known of a cell before it runs."""

    def __init__(self, raw_cell, store_history, silent):
        self.raw_cell = raw_cell
        self.store_history = store_history
        self.silent = silent
        self.cell_id = None


class ExecutionResult:
    """How a cell ended."""

    error_before_exec = None

    def __init__(self, info, execution_count, error_in_exec=None):
        self.info = info
        self.execution_count = execution_count
        self.error_in_exec = error_in_exec

    @property
    def success(self):
        """Whether it raised nothing."""
        return self.error_in_exec is None


_EVENTS = ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell")


class EventManager:
    """Calls functions when something happens in the shell."""

    def __init__(self, shell):
        self.shell = shell
        self.callbacks = {event: [] for event in _EVENTS}

    def register(self, event, function):
        """Adds a function to an event; raises TypeError or KeyError when that cannot be."""
        if not callable(function):
            raise TypeError(f"Need a callable, got {function!r}")
        if function not in self.callbacks[event]:
            self.callbacks[event].append(function)

    def unregister(self, event, function):
        """Removes a function from an event; raises ValueError when it is not there."""
        if function not in self.callbacks[event]:
            raise ValueError(f"Function {function!r} is not registered as a {event} callback")
        self.callbacks[event].remove(function)

    def trigger(self, event, *args, **kwargs):
        """Calls the functions of an event. What one raises is shown, and the next is called."""
        for function in self.callbacks[event][:]:
            try:
                function(*args, **kwargs)
            except (Exception, KeyboardInterrupt):
                where = f"Error in callback {function} (for {event}), with arguments args {args},kwargs {kwargs}:"
                sys.stdout.write(f"{where}\n")
                self.shell.showtraceback()
