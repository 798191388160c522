"""Implement the magics that list the user's variables: %who, %who_ls, %whos."""

import sys

from .magics import line_magic

NAMES_PER_LINE = 9
COLUMN_GAP = 3
SUMMARY_MAX = 50  # a value's text with at least this number of characters is cut in the middle
SUMMARY_END = 25  # characters that are kept at each end of a text that is cut
SIZED = ("dict", "list", "tuple")  # the types for which %whos shows the length


def _matching(shell, line):
    wanted = line.split()
    variables = shell.namespace.user_variables()
    return {name: value for name, value in variables.items() if not wanted or type(value).__name__ in wanted}


def _print_no_variables(line):
    reason = "No variables match your requested type." if line.strip() else "Interactive namespace is empty."
    sys.stdout.write(f"{reason}\n")


@line_magic("who_ls")
def _who_ls(shell, line):
    return list(_matching(shell, line))


@line_magic("who")
def _who(shell, line):
    names = list(_matching(shell, line))
    if not names:
        _print_no_variables(line)
        return
    rows = [names[start : start + NAMES_PER_LINE] for start in range(0, len(names), NAMES_PER_LINE)]
    text = "\n".join("".join(f"{name}\t " for name in row) for row in rows)
    sys.stdout.write(text + ("\n\n" if len(rows[-1]) == NAMES_PER_LINE else "\n"))


@line_magic("whos")
def _whos(shell, line):
    variables = _matching(shell, line)
    if not variables:
        _print_no_variables(line)
        return
    types = {name: type(value).__name__ for name, value in variables.items()}
    name_width = max(len("Variable"), *map(len, variables)) + COLUMN_GAP
    type_width = max(len("Type"), *map(len, types.values())) + COLUMN_GAP
    heading = f"{'Variable':<{name_width}}{'Type':<{type_width}} Data/Info"
    sys.stdout.write(f"{heading}\n{'-' * len(heading)}\n")
    for name, value in variables.items():
        sys.stdout.write(f"{name:<{name_width}}{types[name]:<{type_width}} {_summary(value, types[name])}\n")


def _summary(value, kind):
    if kind in SIZED:
        return f"n={len(value)}"
    try:
        text = str(value).replace("\n", "\\n")
    except Exception:
        return f"<object with id {id(value)} (str() failed)>"
    return text if len(text) < SUMMARY_MAX else f"{text[:SUMMARY_END]}<...>{text[-SUMMARY_END:]}"
