"""Declare and parse the arguments of a magic with argparse."""

import argparse
import shlex

from .error import UsageError


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(message)


def argument(*names, **settings):
    """Return a decorator that adds an argument to a magic. It takes what ``ArgumentParser.add_argument`` takes."""

    def decorate(function):
        function._arguments = [(names, settings), *getattr(function, "_arguments", [])]
        return function

    return decorate


def magic_arguments(name=None):
    """Return a decorator that creates the parser of a magic's arguments, as its attribute ``parser``."""

    def decorate(function):
        title = name or function.__name__.removeprefix("magic_")
        function.parser = _Parser(prog=f"%{title}", description=function.__doc__, add_help=False)
        for names, settings in getattr(function, "_arguments", []):
            function.parser.add_argument(*names, **settings)
        return function

    return decorate


def parse_argstring(magic_func, argstring):
    """Parse the arguments in a magic's line. Raise UsageError if they are invalid."""
    return magic_func.parser.parse_args(shlex.split(argstring))
