"""The arguments of a magic, declared as argparse's."""

import argparse
import shlex

from .error import UsageError


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(message)


def argument(*names, **settings):
    """Adds an argument to a magic, as ``ArgumentParser.add_argument`` does."""

    def decorate(function):
        function._arguments = [(names, settings), *getattr(function, "_arguments", [])]
        return function

    return decorate


def magic_arguments(name=None):
    """Gives a magic the parser of its arguments."""

    def decorate(function):
        title = name or function.__name__.removeprefix("magic_")
        function.parser = _Parser(prog=f"%{title}", description=function.__doc__, add_help=False)
        for names, settings in getattr(function, "_arguments", []):
            function.parser.add_argument(*names, **settings)
        return function

    return decorate


def parse_argstring(magic_func, argstring):
    """The arguments in a magic's line. Raises UsageError when they are wrong."""
    return magic_func.parser.parse_args(shlex.split(argstring))
