"""Register and run the programs of the shell. They support the options that notebooks use."""

import getopt
from dataclasses import dataclass, field

_PROGRAMS = {}

FAILED = 1  # the exit status of a program that failed, at least in part
MISUSED = 2  # the exit status of a program with invalid arguments


@dataclass
class Call:
    """A call of a program: the shell, the arguments and the streams."""

    shell: object
    name: str
    arguments: list
    stdin: str
    stdout: object
    stderr: object
    options: dict = field(default_factory=dict)

    def fail(self, text, status=FAILED):
        """Write an error message and return the exit status."""
        self.stderr(f"{self.name}: {text}\n")
        return status

    def read(self, name):
        """Return the text of a file, or standard input for ``-``.

        Write a message and return None if the file cannot be read.
        """
        if name == "-":
            return self.stdin
        try:
            with open(self.shell.path(name), encoding="utf-8", errors="surrogateescape", newline="") as file:
                return file.read()
        except OSError as error:
            self.fail(f"{name}: {error.strerror}")
            return None

    def texts(self, names):
        """Yield the name and the text of each readable file, or of standard input if there are no names."""
        for name in names or ["-"]:
            text = self.read(name)
            if text is not None:
                yield name, text


def program(names, options="", long=()):
    """Return a decorator that registers ``function(call)`` under one or several names, separated by spaces.

    :param options: the short options in getopt's form, which become ``call.options``; None passes all words as arguments
    :param long: the long options in getopt's form
    """

    def register(function):
        _PROGRAMS.update(dict.fromkeys(names.split(), (function, options, long)))
        return function

    return register


def find(name):
    """Return the program of a name, or None if there is none."""
    from . import (  # noqa: F401, they register their programs
        file_programs,
        filter_programs,
        line_programs,
        ls_program,
        print_programs,
        python_program,
    )

    return _PROGRAMS.get(name.removeprefix("/usr/bin/").removeprefix("/bin/"))


def names():
    """Return the names of all programs."""
    find("")
    return list(_PROGRAMS)


def run(registered, call):
    """Run a program that :func:`find` returned, and return its exit status."""
    function, options, long = registered
    if options is not None:
        try:
            parsed, call.arguments = getopt.gnu_getopt(call.arguments, options, list(long))
        except getopt.GetoptError as error:
            return call.fail(f"invalid option -- '{error.opt}'", MISUSED)
        call.options = dict(parsed)
    return function(call) or 0
