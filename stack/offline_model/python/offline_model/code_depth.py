"""Limits the call depth of a cell's code to that in a notebook's kernel, which has other frames below it."""

RECURSION_LIMIT = 3000  # in a notebook's kernel: Jedi, which completes names there, sets it
DEPTH = 12  # frames that a kernel has below a cell, beyond ours: a cell reaches the limit at the same depth
DEPTH_AWAITING = 3  # the same below the statements of a cell that awaits something; they are run by the event loop
DEPTH_COROUTINE = 1  # the same below a statement that awaits


def at_depth(depth, function, *arguments):
    """Calls a function below so many frames."""
    return at_depth(depth - 1, function, *arguments) if depth else function(*arguments)
