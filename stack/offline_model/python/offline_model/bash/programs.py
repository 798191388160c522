"""The programs that the shell has: small ones, each with the options that notebooks use."""

import getopt
from dataclasses import dataclass, field

_PROGRAMS = {}

FAILED = 1  # the exit status of a program that could not do all that it was asked
MISUSED = 2  # of one that was not understood


@dataclass
class Call:
    """How a program was called: by which shell, with what, and where it reads and writes."""

    shell: object
    name: str
    arguments: list
    stdin: str
    stdout: object
    stderr: object
    options: dict = field(default_factory=dict)

    def fail(self, text, status=FAILED):
        """Says what is wrong; returns the exit status."""
        self.stderr(f"{self.name}: {text}\n")
        return status

    def read(self, name):
        """A file's text, or standard input for ``-``; None when it cannot be read, which has been said."""
        if name == "-":
            return self.stdin
        try:
            with open(self.shell.path(name), encoding="utf-8", errors="surrogateescape", newline="") as file:
                return file.read()
        except OSError as error:
            self.fail(f"{name}: {error.strerror}")
            return None

    def texts(self, names):
        """The texts of files, or of standard input when none is named, each with its name; those that can be read."""
        for name in names or ["-"]:
            text = self.read(name)
            if text is not None:
                yield name, text


def program(names, options="", long=()):
    """Makes ``function(call)`` the program of these names; its options, in getopt's form, are in ``call.options``."""

    def register(function):
        _PROGRAMS.update(dict.fromkeys(names.split(), (function, options, long)))
        return function

    return register


def find(name):
    """The program of a name; None when there is none."""
    from . import (  # noqa: F401, they register
        file_programs,
        filter_programs,
        line_programs,
        ls_program,
        print_programs,
        python_program,
    )

    return _PROGRAMS.get(name.removeprefix("/usr/bin/").removeprefix("/bin/"))


def names():
    """The names of all programs."""
    find("")
    return list(_PROGRAMS)


def run(found, call):
    """Runs a program; returns its exit status."""
    function, options, long = found
    if options is not None:
        try:
            given, call.arguments = getopt.gnu_getopt(call.arguments, options, list(long))
        except getopt.GetoptError as error:
            return call.fail(f"invalid option -- '{error.opt}'", MISUSED)
        call.options = dict(given)
    return function(call) or 0
