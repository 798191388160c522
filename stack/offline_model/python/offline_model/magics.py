"""Register, find and run magics."""

import sys

from IPython.core.error import UsageError

from .expansion import expand

_LINE = {}
_CELL = {}

_NOT_EXPANDED = {"prun", "time", "timeit"}  # the line of these magics is Python code

_AUTOMAGIC_ON = "Automagic is ON, % prefix IS NOT needed for line magics."


class CellEnded(Exception):
    """Raised to end a cell after its error has been shown: no output may follow an error."""


def line_magic(*names):
    """Return a decorator that registers ``function(shell, line)`` as a line magic under these names."""

    def register_line(function):
        _LINE.update(dict.fromkeys(names, function))
        return function

    return register_line


def cell_magic(*names):
    """Return a decorator that registers ``function(shell, line, cell)`` as a cell magic under these names."""

    def register_cell(function):
        _CELL.update(dict.fromkeys(names, function))
        return function

    return register_cell


def register(function, kind, name):
    """Register a user's function as a magic.

    :param kind: ``line`` for a ``function(line)``, ``cell`` for a ``function(line, cell)``, ``line_cell`` for both
    """
    if "line" in kind.split("_"):
        _LINE[name] = lambda shell, line: function(line)
        _LINE[name].user_function = function
    if "cell" in kind.split("_"):
        _CELL[name] = lambda shell, line, cell: function(line, cell)
        _CELL[name].user_function = function


def has_line_magic(name):
    """Return whether there is a line magic with this name."""
    return name in _LINE


def find(name):
    """Return the function of a magic, or None if there is none. Of a user's magic, return the user's function.

    :param name: the name with or without ``%``, or with ``%%`` for a cell magic
    """
    table, bare = (_CELL, name[2:]) if name.startswith("%%") else (_LINE, name.removeprefix("%"))
    function = table.get(bare)
    return getattr(function, "user_function", function)


def run_line(shell, name, line):
    """Run a line magic or an alias, and return its result. Raise UsageError if there is none with this name."""
    if name not in _LINE and name in shell.namespace.aliases:
        command = shell.namespace.aliases[name]
        return shell.system(command.replace("%l", line) if "%l" in command else f"{command} {line}".rstrip())
    if name not in _LINE:
        hint = f" (But cell magic `%%{name}` exists, did you mean that instead?)" if name in _CELL else ""
        raise UsageError(f"Line magic function `%{name}` not found{hint}.")
    return _LINE[name](shell, line if name in _NOT_EXPANDED else expand(line, shell.user_ns))


def run_cell(shell, name, line, cell):
    """Run a cell magic and return its result. Raise UsageError if there is none with this name, or if the cell is empty."""
    if name not in _CELL:
        hint = f" (But line magic `%{name}` exists, did you mean that instead?)" if name in _LINE else ""
        raise UsageError(f"Cell magic `%%{name}` not found{hint}.")
    if not cell:
        hint = f" Did you mean the line magic %{name} (single %)?" if name in _LINE else ""
        raise UsageError(f"%%{name} is a cell magic, but the cell body is empty.{hint}")
    return _CELL[name](shell, line if name in _NOT_EXPANDED else expand(line, shell.user_ns), cell)


@line_magic("alias_magic")
def _alias_magic(shell, line):
    words = [word for word in line.split() if not word.startswith("-")]
    if len(words) != 2:
        raise UsageError("the following arguments are required: name, target")
    name, target = (word.lstrip("%") for word in words)
    if target not in _LINE and target not in _CELL:
        raise UsageError(f"No line or cell magic with name `{target}` found.")
    for table, mark in ((_LINE, "%"), (_CELL, "%%")):
        if target in table:
            table[name] = table[target]
            sys.stdout.write(f"Created `{mark}{name}` as an alias for `{mark}{target}`.\n")


class _Magics:
    """The result of %lsmagic: its text and its JSON list all magics."""

    def __str__(self):
        line = "  ".join(f"%{name}" for name in sorted(_LINE))
        cell = "  ".join(f"%%{name}" for name in sorted(_CELL))
        return f"Available line magics:\n{line}\n\nAvailable cell magics:\n{cell}\n\n{_AUTOMAGIC_ON}"

    __repr__ = __str__

    def _repr_json_(self):
        return {"line": dict.fromkeys(sorted(_LINE), "Other"), "cell": dict.fromkeys(sorted(_CELL), "Other")}


@line_magic("lsmagic")
def _lsmagic(shell, line):
    return _Magics()
