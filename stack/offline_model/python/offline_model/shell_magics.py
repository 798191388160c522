"""Implement the magics that run commands, such as %%bash, %sx and %alias."""

import io
import subprocess
import sys

from IPython.core.error import UsageError

from . import processes
from .bash import programs
from .ipython_frames import call_below
from .magic_options import parse_words
from .magics import cell_magic, line_magic

_SHELLS = ("bash", "sh")
_PYTHONS = ("python3", "python")
_OTHERS = ("perl", "ruby", "pypy")


@line_magic("sx", "system")
def _system(shell, line):
    return shell.getoutput(line)


@cell_magic("sx", "system", "!")
def _system_cell(shell, line, cell):
    return shell.getoutput(cell)


@cell_magic("script")
def _script(shell, line, cell):
    program, _, rest = line.partition(" ")
    if not program:
        raise UsageError("the following arguments are required: script")
    _run(shell, program, rest, cell, is_named_in_line=True)


def _script_magic(program):
    return lambda shell, line, cell: _run(shell, program, line, cell)


for _name in (*_SHELLS, *_PYTHONS, *_OTHERS):
    cell_magic(_name)(_script_magic(_name))


def _run(shell, program, line, cell, is_named_in_line=False):
    """Run a program with the cell as its input. Raise CalledProcessError if it fails."""
    flags, words = parse_words(line, "--no-raise-error", "--bg", "--out", "--err", "--proc")
    variables = dict(zip((flag for flag in line.split() if flag in ("--out", "--err", "--proc")), words))
    if program not in _SHELLS and programs.find(program) is None:
        sys.stdout.write(f"Couldn't find program: {program!r}\n")
        return
    captured = {option: io.StringIO() for option in ("--out", "--err") if option in variables or "--bg" in flags}
    stdout, stderr = captured.get("--out", sys.stdout), captured.get("--err", sys.stderr)
    script, stdin = (cell, "") if program in _SHELLS else (program, cell)
    status = processes.run_script(script, stdout, stderr, program, stdin)
    if "--bg" in flags:
        return
    shell.user_ns.update({variables[option]: text.getvalue() for option, text in captured.items()})
    shell.user_ns["_exit_code"] = status
    if status != 0 and "--no-raise-error" not in flags:
        names = ["shebang"] if is_named_in_line else ["script", "shebang"]
        call_below(names, _fail, status, cell.encode())


def _fail(status, cell):
    raise subprocess.CalledProcessError(status, cell)


@line_magic("alias")
def _alias(shell, line):
    name, _, command = line.strip().partition(" ")
    aliases = shell.namespace.aliases
    if not name:
        sys.stdout.write(f"Total number of aliases: {len(aliases)}\n")
        return sorted(aliases.items())
    if not command:
        return aliases.get(name)
    aliases[name] = command.strip()
    return None


@line_magic("unalias")
def _unalias(shell, line):
    name = line.strip()
    if name not in shell.namespace.aliases:
        raise ValueError(f"{name} is not an alias")
    del shell.namespace.aliases[name]


@line_magic("rehashx")
def _rehashx(shell, line):
    return None


@line_magic("killbgscripts")
def _killbgscripts(shell, line):
    sys.stdout.write("All background processes were killed.\n")


