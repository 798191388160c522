"""The magics that measure: %time and %timeit."""

import getopt
import shlex
import statistics
import sys
import time
import timeit

from .compiler import compile_cell
from .transform import transform_cell

TIMEIT_RUNS = 7  # IPython's default of -r
TIMEIT_TARGET = 0.2  # seconds that one run should take at least, as timeit's autorange has it


def run_source(shell, source, filename):
    """Runs a magic's cell in the notebook's namespace and returns the value of its last expression."""
    statements, value, _ = compile_cell(transform_cell(source), filename, shell.namespace.flags)
    if statements:
        shell.execute(statements)
    return shell.execute(value) if value else None


def time_line(shell, line):
    return _timed(shell, line, "<timed eval>")


def time_cell(shell, line, cell):
    return _timed(shell, cell, "<timed exec>")


def timeit_line(shell, line):
    _timeit(shell, line, None)


def timeit_cell(shell, line, cell):
    _timeit(shell, line, cell)


def _timed(shell, source, filename):
    start, cpu_start = time.perf_counter(), time.process_time()
    try:
        return run_source(shell, source, filename)
    finally:
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu_start
        cpu_text = format_seconds(cpu)
        sys.stdout.write(f"CPU times: user {cpu_text}, sys: 0 ns, total: {cpu_text}\n")
        sys.stdout.write(f"Wall time: {format_seconds(wall)}\n")


def _timeit(shell, line, cell):
    options, rest = getopt.getopt(shlex.split(line, posix=False), "n:r:qop:")
    given = dict(options)
    statement = line.split(None, 2 * len(options))[-1] if cell is None and rest else " ".join(rest)
    setup, body = ("pass", statement) if cell is None else (statement or "pass", cell)
    timer = timeit.Timer(body, setup, globals=shell.user_ns)
    loops = int(given.get("-n", 0)) or _loops(timer)
    runs = int(given.get("-r", TIMEIT_RUNS))
    times = [seconds / loops for seconds in timer.repeat(runs, loops)]
    if "-q" in given:
        return
    mean, deviation = format_seconds(statistics.fmean(times)), format_seconds(statistics.pstdev(times))
    sys.stdout.write(
        f"{mean} ± {deviation} per loop (mean ± std. dev. of {runs} run{'s' * (runs != 1)},"
        f" {loops:,} loop{'s' * (loops != 1)} each)\n"
    )


def _loops(timer):
    loops = 1
    while timer.timeit(loops) < TIMEIT_TARGET:
        loops *= 10
    return loops


def format_seconds(seconds):
    """A time span with three significant digits: ``22.6 µs``."""
    if seconds >= 60:
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(int(minutes), 60)
        return (f"{hours}h " if hours else "") + f"{minutes}min {int(rest)}s"
    if seconds <= 0:
        return "0 ns"
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
