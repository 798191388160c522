"""Give a cell's code the same call depth as in ipykernel, so that it reaches the recursion limit equally soon."""

# The limit in ipykernel. Jedi sets it there, the library that completes names.
RECURSION_LIMIT = 3000

# The number of frames to add below a cell: ipykernel has so many more than the offline model.
DEPTH = 12
DEPTH_AWAITING = 3  # for the other statements of a cell that contains ``await``: the event loop runs them
DEPTH_COROUTINE = 1  # for a statement that contains ``await``


def at_depth(depth, function, *arguments):
    """Call a function below ``depth`` additional frames, and return its result."""
    return at_depth(depth - 1, function, *arguments) if depth else function(*arguments)
