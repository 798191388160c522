"""The table of magics, and the messages of those that do not exist."""

from IPython.core.error import UsageError

_LINE = {}
_CELL = {}

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
    if "cell" in kind.split("_"):
        _CELL[name] = lambda shell, line, cell: function(line, cell)


def has_line(name):
    """Whether there is a line magic of this name."""
    return name in _LINE


def run_line(shell, name, line):
    """Runs a line magic; raises UsageError when there is none of this name."""
    if name not in _LINE:
        hint = f" (But cell magic `%%{name}` exists, did you mean that instead?)" if name in _CELL else ""
        raise UsageError(f"Line magic function `%{name}` not found{hint}.")
    return _LINE[name](shell, line)


def run_cell(shell, name, line, cell):
    """Runs a cell magic; raises UsageError when there is none of this name."""
    if name not in _CELL:
        hint = f" (But line magic `%{name}` exists, did you mean that instead?)" if name in _LINE else ""
        raise UsageError(f"Cell magic `%%{name}` not found{hint}.")
    return _CELL[name](shell, line, cell)


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
