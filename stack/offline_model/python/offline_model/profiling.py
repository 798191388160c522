"""Implement %prun, which profiles a statement."""

import cProfile
import getopt
import io
import pstats
import shlex
import sys

from .magic_options import parse_options
from .magics import cell_magic, line_magic

_OPTIONS = "D:l:rs:T:q"


@line_magic("prun")
def _prun(shell, line):
    options, statement = _split(line)
    return _profile(shell, options, statement)


@cell_magic("prun")
def _prun_cell(shell, line, cell):
    options, statement = _split(line)
    return _profile(shell, options, f"{statement}\n{cell}")


def _split(line):
    """Return the options before a statement, and the unchanged text of the statement."""
    options, words = parse_options(shlex.split(line, posix=False), _OPTIONS, getopt.getopt)
    return options, line[line.index(words[0]) :] if words else ""


def _profile(shell, options, statement):
    profile = cProfile.Profile()
    try:
        profile.runctx(statement, shell.user_ns, shell.user_ns)
    except SystemExit:
        sys.stdout.write("*** SystemExit exception caught in code being profiled.")
    text = io.StringIO()
    stats = pstats.Stats(profile, stream=text).strip_dirs().sort_stats(options.get("-s", "time"))
    limit = options.get("-l")
    stats.print_stats(*([int(limit) if limit.isdigit() else limit] if limit else []))
    shown = text.getvalue().rstrip()
    if "-T" in options:
        with open(options["-T"], "w", encoding="utf-8") as file:
            file.write(shown)
        sys.stdout.write(f"\n*** Profile printout saved to text file {options['-T']!r}.\n")
    if "-q" not in options:
        sys.stdout.write(shown)
    return stats if "-r" in options else None
