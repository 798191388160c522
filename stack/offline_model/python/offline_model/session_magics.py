"""Implement the magics for the session: %history, %tb, %reset, %reset_selective."""

import contextlib
import fnmatch
import re
import shlex
import sys

from .magic_options import parse_options
from .magics import line_magic

_OPTIONS = "noprtgul:f:"
_NUMBER_WIDTH = 4


@line_magic("history", "hist")
def _history(shell, line):
    options, words = parse_options(shlex.split(line), _OPTIONS)
    if "-g" in options:
        options["-n"] = ""
    with open(options["-f"], "w", encoding="utf-8") if "-f" in options else contextlib.nullcontext(sys.stdout) as file:
        for number in history_numbers(shell, options, words):
            _print_cell(shell, number, options, file)


def history_numbers(shell, options, words):
    """Return the numbers of the cells that the options of %history and words such as ``3`` and ``5-8`` select."""
    history = shell.user_ns["_ih"]
    last = len(history) - 1
    if "-g" in options:
        pattern = " ".join(words)
        return [number for number in range(1, last + 1) if fnmatch.fnmatch(history[number], f"*{pattern}*")]
    if "-l" in options:
        count = int(options["-l"])
        return range(max(1, last - count), last)
    if not words:
        return range(1, last + 1)
    numbers = []
    for word in words:
        start, dash, end = word.partition("-")
        if not start.isdigit() or (dash and end and not end.isdigit()):
            continue
        stop = int(start) if not dash else int(end) if end else last
        numbers.extend(range(int(start), min(stop, last) + 1))
    return numbers


def _print_cell(shell, number, options, file):
    source = shell.user_ns["_ih"][number].expandtabs(4).rstrip()
    lines = source.split("\n")
    if "-n" in options:
        file.write(f"{number:>{_NUMBER_WIDTH}}:" + ("\n" if len(lines) > 1 else " "))
    if "-p" in options:
        source = ">>> " + "\n... ".join(lines) + ("\n..." if len(lines) > 1 else "")
    file.write(f"{source}\n")
    if "-o" in options and number in shell.user_ns["_oh"]:
        file.write(f"{shell.user_ns['_oh'][number]!r}\n")


@line_magic("tb")
def _tb(shell, line):
    error = getattr(sys, "last_exc", None)
    if error is None:
        sys.stdout.write("No traceback available to show.\n")
    else:
        shell.show_error(error)


def _clear_inputs(shell):
    sys.stdout.write("Flushing input history\n")
    variables = shell.user_ns
    for number, source in enumerate(variables["_ih"]):
        variables["_ih"][number] = ""
        variables.pop(f"_i{number}", None)
    variables.update(_i="", _ii="", _iii="")


def _clear_outputs(shell):
    variables = shell.user_ns
    sys.stdout.write(f"Flushing output cache ({len(variables['_oh'])} entries)\n")
    for number in variables["_oh"]:
        variables.pop(f"_{number}", None)
    variables["_oh"].clear()


def _clear_folders(shell):
    sys.stdout.write("Flushing directory history\n")
    del shell.user_ns["_dh"][:]


def _clear_arrays(shell):
    for name, value in shell.namespace.user_variables().items():
        if type(value).__name__ == "ndarray":
            del shell.user_ns[name]


_RESET_ACTIONS = {"in": _clear_inputs, "out": _clear_outputs, "dhist": _clear_folders, "array": _clear_arrays}


@line_magic("reset")
def _reset(shell, line):
    parts = [word for word in line.split() if not word.startswith("-")]
    for part in parts:
        if part not in _RESET_ACTIONS:
            sys.stdout.write(f"Don't know how to reset {part}, please run `%reset?` for details\n")
        else:
            _RESET_ACTIONS[part](shell)
    if parts:
        return
    for name in shell.namespace.user_variables():
        del shell.user_ns[name]
    if "-s" not in line.split():
        shell.user_ns["_oh"].clear()


@line_magic("reset_selective")
def _reset_selective(shell, line):
    pattern = line.replace("-f", "", 1).strip()
    for name in shell.namespace.user_variables():
        if re.search(pattern, name):
            del shell.user_ns[name]
