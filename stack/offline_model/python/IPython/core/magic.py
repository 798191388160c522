"""Decorators that make a function, or the methods of a class, magics of the running shell."""


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
    """Marks a class whose methods are magics."""
    return cls


def needs_local_scope(function):
    """Leaves a magic as it is: a cell's names are the notebook's."""
    return function


class Magics:
    """The base of classes of magics, which ``get_ipython().register_magics`` takes."""

    def __init__(self, shell=None, **_):
        self.shell = shell

    def magics(self):
        """The magics: kind, name and bound method of each."""
        for name in dir(type(self)):
            marked = getattr(getattr(type(self), name), "_magic", None)
            if marked is not None:
                yield *marked, getattr(self, name)
