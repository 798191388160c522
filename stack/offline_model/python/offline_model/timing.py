"""The magics that measure: %time and %timeit."""

import ast
import gc
import getopt
import itertools
import math
import statistics
import sys
import time
import timeit

from IPython.core.error import UsageError

from .compiler import (
    compile_cell,
    compile_for_magic,
    compile_statements,
    compile_value,
    ends_with_semicolon,
    parse_cell,
)
from .ipython_frames import call_below
from .magic_options import parse_options
from .magics import cell_magic, line_magic
from .transform import transform_cell

TIMEIT_RUNS = 7  # IPython's default of -r
TIMEIT_TARGET = 0.2  # seconds that one run should take at least, as timeit's autorange has it
TIMEIT_OPTIONS = "n:r:tcp:qov:"
PRECISION = 3  # significant digits
UNITS = ("s", "ms", "μs", "ns")


def run_source(shell, source, filename):
    """Runs a magic's cell in the notebook's namespace and returns the value of its last expression."""
    statements, value = compile_cell(transform_cell(source), filename, shell.namespace.flags)
    if statements:
        shell.execute(statements)
    return shell.execute(value) if value else None


@line_magic("time")
def _time_line(shell, line):
    return _timed(shell, line)


@cell_magic("time")
def _time_cell(shell, line, cell):
    if line:
        raise UsageError("Can't use statement directly after '%%time'!")
    return _timed(shell, cell)


def _timed(shell, source):
    flags = shell.namespace.flags
    statements = call_below(["time_parse", "parse"], parse_cell, transform_cell(source), "<unknown>", flags)
    expression = statements.pop().value if statements and isinstance(statements[-1], ast.Expr) else None
    filename = "<timed exec>" if statements else "<timed eval>"
    value = compile_value(expression, filename, flags) if expression else None
    codes = [call_below(["time_compile"], compile_for_magic, statements, filename, flags)] if statements else []
    result, failure = None, None
    start, cpu_start = time.perf_counter(), time.process_time()
    try:
        for code in codes:
            call_below(["time", "time_exec"], shell.execute, code)
        if value:
            result = call_below(["time", "time_value" if codes else "time_eval"], shell.execute, value)
    except BaseException as error:
        failure = error
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    cpu_text = format_seconds(cpu)
    sys.stdout.write(f"CPU times: user {cpu_text}, sys: 0 ns, total: {cpu_text}\n")
    sys.stdout.write(f"Wall time: {format_seconds(wall)}\n")
    if failure:
        raise failure
    return None if ends_with_semicolon(source) else result


class TimeitResult:
    """The result of ``%timeit -o``."""

    def __init__(self, loops, repeat, all_runs):
        self.loops = loops
        self.repeat = repeat
        self.all_runs = all_runs
        self.compile_time = 0.0
        self.timings = [seconds / loops for seconds in all_runs]
        self.best, self.worst = min(self.timings), max(self.timings)
        self.average, self.stdev = statistics.fmean(self.timings), statistics.pstdev(self.timings)

    def __str__(self):
        runs, loops = "s" * (self.repeat != 1), "s" * (self.loops != 1)
        return (
            f"{format_seconds(self.average)} ± {format_seconds(self.stdev)} per loop"
            f" (mean ± std. dev. of {self.repeat} run{runs}, {self.loops:,} loop{loops} each)"
        )

    def _repr_pretty_(self, p, cycle):
        p.text(f"<TimeitResult : {self}>")


TimeitResult.__module__ = "IPython.core.magics.execution"  # what its repr shows


@line_magic("timeit")
def _timeit_line(shell, line):
    given, statement = _parse_options(line)
    if not statement:
        return None
    body = call_below(["timeit_parse", "parse"], parse_cell, transform_cell(statement), "<unknown>")
    return _timeit(shell, given, body, parse_cell("pass", "<unknown>"))


@cell_magic("timeit")
def _timeit_cell(shell, line, cell):
    given, setup = _parse_options(line)
    before = call_below(["timeit_parse_setup", "parse"], parse_cell, transform_cell(setup), "<unknown>")
    body = call_below(["timeit_parse_cell", "parse"], parse_cell, transform_cell(cell), "<unknown>")
    return _timeit(shell, given, body, before)


def _parse_options(line):
    """The options before a statement, which is kept as it was typed."""
    words = []
    rest = line.strip()
    while rest.startswith("-"):
        word, _, rest = rest.partition(" ")
        words.append(word)
        if len(word) == 2 and f"{word[1]}:" in TIMEIT_OPTIONS:
            word, _, rest = rest.lstrip().partition(" ")
            words += [word] if word else []
        rest = rest.lstrip()
    options, _ = parse_options(words, TIMEIT_OPTIONS, getopt.getopt)
    return options, rest


class _Timer(timeit.Timer):
    """Measures a function that is called with an iterator, which counts the loops, and a clock."""

    def __init__(self, inner):
        self.inner, self.timer = inner, timeit.default_timer

    def timeit(self, number=timeit.default_number):
        collects = gc.isenabled()
        gc.disable()
        try:
            return call_below(["timer"], self.inner, itertools.repeat(None, number), self.timer)
        finally:
            if collects:
                gc.enable()


def _timed_function(shell, body, setup):
    """The function of timeit's template with these statements in it."""
    # What is valid in a function only is an error.
    call_below(["timeit_compile_setup"], compile_for_magic, setup, "<magic-timeit-setup>", shell.namespace.flags)
    call_below(["timeit_compile"], compile_for_magic, body, "<magic-timeit-stmt>", shell.namespace.flags)
    template = ast.parse(timeit.template.format(init="", setup="pass", stmt="pass"))
    inner = template.body[0]
    loop = next(statement for statement in inner.body if isinstance(statement, ast.For))
    inner.body[:1], loop.body = setup, body
    names = {}
    exec(compile_statements([ast.fix_missing_locations(inner)], "<magic-timeit>", shell.namespace.flags), shell.user_ns, names)
    return names["inner"]


def _timeit(shell, given, body, setup):
    """Measures. IPython's remark on runs that differ is left out: here the first ones are slow until V8 has compiled."""
    timer = _Timer(_timed_function(shell, body, setup))
    loops = int(given.get("-n", 0)) or _loops(timer)
    runs = int(given.get("-r", TIMEIT_RUNS))
    result = TimeitResult(loops, runs, call_below(["timeit_repeat"], timer.repeat, runs, loops))
    if "-q" not in given:
        sys.stdout.write(f"{result}\n")
    return result if "-o" in given else None


def _loops(timer):
    for exponent in range(10):
        loops = 10**exponent
        if call_below(["timeit"], timer.timeit, loops) >= TIMEIT_TARGET:
            break
    return loops


def format_seconds(seconds):
    """A time span with three significant digits: ``22.6 μs``; from a minute on ``1min 5s``."""
    if seconds >= 60:
        parts, rest = [], seconds
        for suffix, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
            value, rest = int(rest // length), rest % length
            if value:
                parts.append(f"{value}{suffix}")
            if rest < 1:
                break
        return " ".join(parts)
    order = min(-int(math.floor(math.log10(seconds)) // 3), 3) if seconds > 0 else 3
    return f"{seconds * 10 ** (3 * order):.{PRECISION}g} {UNITS[order]}"
