"""The magics that look back: %history, %tb, %reset."""

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
    for number in history_numbers(shell, options, words):
        _print_cell(shell, number, options)


def history_numbers(shell, options, words):
    """The numbers of the cells that words like ``3``, ``5-8`` and the options of %history name."""
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


def _print_cell(shell, number, options):
    source = shell.user_ns["_ih"][number].expandtabs(4).rstrip()
    lines = source.split("\n")
    if "-n" in options:
        sys.stdout.write(f"{number:>{_NUMBER_WIDTH}}:" + ("\n" if len(lines) > 1 else " "))
    if "-p" in options:
        source = ">>> " + "\n... ".join(lines) + ("\n..." if len(lines) > 1 else "")
    sys.stdout.write(f"{source}\n")
    if "-o" in options and number in shell.user_ns["_oh"]:
        sys.stdout.write(f"{shell.user_ns['_oh'][number]!r}\n")


@line_magic("tb")
def _tb(shell, line):
    error = getattr(sys, "last_exc", None)
    if error is None:
        sys.stdout.write("No traceback available to show.\n")
    else:
        shell.show_error(error)


@line_magic("reset")
def _reset(shell, line):
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
