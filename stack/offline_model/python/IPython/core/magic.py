"""Define the decorators that register a function, or the methods of a class, as magics of the running shell."""


def _register(kind):
    def decorate(function, name=None):
        from offline_model.magics import register

        register(function, kind, name or function.__name__)
        return function

    def decorator(argument):
        return (lambda function: decorate(function, argument)) if isinstance(argument, str) else decorate(argument)

    return decorator


register_line_magic = _register("line")
register_cell_magic = _register("cell")
register_line_cell_magic = _register("line_cell")


def _mark(kind):
    def decorate(function, name=None):
        function._magic = kind, name or function.__name__
        return function

    def decorator(argument):
        return (lambda function: decorate(function, argument)) if isinstance(argument, str) else decorate(argument)

    return decorator


line_magic, cell_magic, line_cell_magic = _mark("line"), _mark("cell"), _mark("line_cell")


def magics_class(cls):
    """Return the class unchanged: its methods are marked by their own decorators."""
    return cls


def needs_local_scope(function):
    """Return the function unchanged: a cell's local scope is the notebook's namespace."""
    return function


class Magics:
    """The base class of classes whose methods are magics, for ``get_ipython().register_magics``."""

    def __init__(self, shell=None, **_):
        self.shell = shell

    def magics(self):
        """Yield the kind, the name and the bound method of each magic."""
        for name in dir(type(self)):
            marked = getattr(getattr(type(self), name), "_magic", None)
            if marked is not None:
                yield *marked, getattr(self, name)
