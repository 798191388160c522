"""Decorators that make a function a magic of the running shell."""


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
