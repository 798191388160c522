"""The magics that need neither a shell nor a network, and the messages of those that do not exist."""

import contextlib
import io
import os
import shlex
import sys

from IPython.core import display as objects
from IPython.core.display_functions import display
from IPython.core.error import UsageError

from . import inspection, timing, tracebacks

_LINE = {}
_CELL = {}


def register(function, kind, name):
    """Makes ``function(line)`` a line magic, ``function(line, cell)`` a cell magic; line_cell is called both ways."""
    if "line" in kind.split("_"):
        _LINE[name] = lambda shell, line: function(line)
    if "cell" in kind.split("_"):
        _CELL[name] = lambda shell, line, cell: function(line, cell)


def run_line(shell, name, line):
    """Runs a line magic; raises UsageError when there is none of this name."""
    if name not in _LINE:
        hint = f" But cell magic `%%{name}` exists, did you mean that instead?" if name in _CELL else ""
        raise UsageError(f"Line magic function `%{name}` not found{' (' + hint.strip() + ')' if hint else ''}.")
    return _LINE[name](shell, line)


def run_cell(shell, name, line, cell):
    """Runs a cell magic; raises UsageError when there is none of this name."""
    if name not in _CELL:
        raise UsageError(f"Cell magic `%%{name}` not found.")
    return _CELL[name](shell, line, cell)


def _line(name):
    return lambda function: _LINE.setdefault(name, function)


def _cell(name):
    return lambda function: _CELL.setdefault(name, function)


_LINE["time"] = timing.time_line
_CELL["time"] = timing.time_cell
_LINE["timeit"] = timing.timeit_line
_CELL["timeit"] = timing.timeit_cell
_LINE["pinfo"] = lambda shell, line: inspection.describe(shell, line, with_source=False)
_LINE["pinfo2"] = lambda shell, line: inspection.describe(shell, line, with_source=True)
_LINE["who"] = inspection.who
_LINE["who_ls"] = inspection.who_ls
_LINE["whos"] = inspection.whos
for _name in ("matplotlib", "config", "load_ext", "reload_ext", "autoreload", "precision", "colors", "xmode", "gui"):
    _LINE[_name] = lambda shell, line: None


@_line("pwd")
def _pwd(shell, line):
    return os.getcwd()


@_line("cd")
def _cd(shell, line):
    target = os.path.expanduser(line.strip() or "~")
    try:
        os.chdir(target)
    except OSError as error:
        sys.stdout.write(f"{error}\n")
    else:
        sys.stdout.write(f"{os.getcwd()}\n")


@_line("env")
def _env(shell, line):
    name, equals, value = line.partition("=")
    if not line.strip():
        return dict(os.environ)
    if equals:
        os.environ[name.strip()] = value.strip()
        sys.stdout.write(f"env: {name.strip()}={value.strip()}\n")
        return None
    try:
        return os.environ[name.strip()]
    except KeyError:
        raise UsageError(f"Environment does not have key: {name.strip()}") from None


@_line("history")
def _history(shell, line):
    words = shlex.split(line)
    history = shell.user_ns["_ih"]
    first, last = 1, len(history) - 1
    for word in words:
        if word[0].isdigit():
            start, _, end = word.partition("-")
            first, last = int(start), int(end or start)
    for number in range(first, min(last, len(history) - 1) + 1):
        sys.stdout.write(f"{number:4d}: {history[number]}\n" if "-n" in words else f"{history[number]}\n")


@_line("tb")
def _tb(shell, line):
    error = getattr(sys, "last_exc", None)
    if error is None:
        raise UsageError("No traceback has been produced.")
    sys.stdout.write("\n".join(tracebacks.format_traceback(error)) + "\n")


@_line("reset")
def _reset(shell, line):
    for name in shell.namespace.user_variables():
        del shell.user_ns[name]


@_line("lsmagic")
def _lsmagic(shell, line):
    sys.stdout.write("Available line magics:\n" + "  ".join(f"%{name}" for name in sorted(_LINE)))
    sys.stdout.write("\n\nAvailable cell magics:\n" + "  ".join(f"%%{name}" for name in sorted(_CELL)) + "\n")


@_line("pip")
def _pip(shell, line):
    sys.stderr.write("The offline model has no network: packages cannot be installed.\n")


class Captured:
    """What ``%%capture name`` leaves in ``name``."""

    def __init__(self, stdout, stderr):
        self._stdout = stdout
        self._stderr = stderr

    @property
    def stdout(self):
        return self._stdout.getvalue()

    @property
    def stderr(self):
        return self._stderr.getvalue()

    def __str__(self):
        return self.stdout

    def show(self):
        sys.stdout.write(self.stdout)
        sys.stderr.write(self.stderr)

    __call__ = show


@_cell("capture")
def _capture(shell, line, cell):
    from . import host

    captured = Captured(io.StringIO(), io.StringIO())
    muted, host.muted = host.muted, True
    try:
        with contextlib.redirect_stdout(captured._stdout), contextlib.redirect_stderr(captured._stderr):
            timing.run_source(shell, cell, "<captured cell>")
    finally:
        host.muted = muted
    if line.strip():
        shell.user_ns[line.split()[-1]] = captured


@_cell("writefile")
def _writefile(shell, line, cell):
    *options, name = shlex.split(line)
    append = "-a" in options
    verb = "Appending to" if append else "Overwriting" if os.path.exists(name) else "Writing"
    sys.stdout.write(f"{verb} {name}\n")
    with open(name, "a" if append else "w", encoding="utf-8") as file:
        file.write(cell)


def _shows(name, kind):
    _CELL[name] = lambda shell, line, cell: display(kind(cell))


for _name, _kind in {
    "html": objects.HTML,
    "HTML": objects.HTML,
    "svg": objects.SVG,
    "SVG": objects.SVG,
    "markdown": objects.Markdown,
    "latex": objects.Latex,
    "javascript": objects.Javascript,
    "js": objects.Javascript,
}.items():
    _shows(_name, _kind)
for _name in ("bash", "sh", "script"):
    _CELL[_name] = lambda shell, line, cell: shell.system(cell)
