"""The table of magics, and the messages of those that do not exist."""

import sys

from IPython.core.error import UsageError

from .expansion import expand

_LINE = {}
_CELL = {}

_NOT_EXPANDED = {"prun", "time", "timeit"}  # the line is Python

_AUTOMAGIC_ON = "Automagic is ON, % prefix IS NOT needed for line magics."


class CellEnded(Exception):
    """Ends a cell whose error has been shown: nothing may follow it."""


def line_magic(*names):
    """Makes ``function(shell, line)`` the line magic of these names."""

    def register_line(function):
        _LINE.update(dict.fromkeys(names, function))
        return function

    return register_line


def cell_magic(*names):
    """Makes ``function(shell, line, cell)`` the cell magic of these names."""

    def register_cell(function):
        _CELL.update(dict.fromkeys(names, function))
        return function

    return register_cell


def register(function, kind, name):
    """Makes a user's ``function(line)`` a line magic, ``function(line, cell)`` a cell magic; line_cell is called both ways."""
    if "line" in kind.split("_"):
        _LINE[name] = lambda shell, line: function(line)
        _LINE[name].written = function
    if "cell" in kind.split("_"):
        _CELL[name] = lambda shell, line, cell: function(line, cell)
        _CELL[name].written = function


def has_line(name):
    """Whether there is a line magic of this name."""
    return name in _LINE


def find(name):
    """The function of a magic, with or without its ``%``; of a user's magic, what the user wrote. None when there is none."""
    table, bare = (_CELL, name[2:]) if name.startswith("%%") else (_LINE, name.removeprefix("%"))
    function = table.get(bare)
    return getattr(function, "written", function)


def run_line(shell, name, line):
    """Runs a line magic; raises UsageError when there is none of this name."""
    if name not in _LINE and name in shell.namespace.aliases:
        command = shell.namespace.aliases[name]
        return shell.system(command.replace("%l", line) if "%l" in command else f"{command} {line}".rstrip())
    if name not in _LINE:
        hint = f" (But cell magic `%%{name}` exists, did you mean that instead?)" if name in _CELL else ""
        raise UsageError(f"Line magic function `%{name}` not found{hint}.")
    return _LINE[name](shell, line if name in _NOT_EXPANDED else expand(line, shell.user_ns))


def run_cell(shell, name, line, cell):
    """Runs a cell magic; raises UsageError when there is none of this name."""
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
    """What %lsmagic returns: a list of all magics that shows itself."""

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
