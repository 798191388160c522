"""Implement the magics that measure time: %time and %timeit."""

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
TIMEIT_TARGET = 0.2  # the least number of seconds of a run, as in timeit's autorange
TIMEIT_OPTIONS = "n:r:tcp:qov:"
PRECISION = 3  # significant digits
UNITS = ("s", "ms", "μs", "ns")


def run_source(shell, source, filename):
    """Run a magic's cell in the notebook's namespace, and return the value of its last expression or None."""
    statements, value = compile_cell(transform_cell(source), filename, shell.namespace.flags)
    if statements:
        shell.execute(statements)
    return shell.execute(value) if value else None


@line_magic("time")
def _time_line(shell, line):
    return _time_source(shell, line)


@cell_magic("time")
def _time_cell(shell, line, cell):
    if line:
        raise UsageError("Can't use statement directly after '%%time'!")
    return _time_source(shell, cell)


def _time_source(shell, source):
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


TimeitResult.__module__ = "IPython.core.magics.execution"  # the module in its repr


@line_magic("timeit")
def _timeit_line(shell, line):
    options, statement = _parse_options(line)
    if not statement:
        return None
    body = call_below(["timeit_parse", "parse"], parse_cell, transform_cell(statement), "<unknown>")
    return _timeit(shell, options, body, parse_cell("pass", "<unknown>"))


@cell_magic("timeit")
def _timeit_cell(shell, line, cell):
    options, setup = _parse_options(line)
    setup_statements = call_below(["timeit_parse_setup", "parse"], parse_cell, transform_cell(setup), "<unknown>")
    body = call_below(["timeit_parse_cell", "parse"], parse_cell, transform_cell(cell), "<unknown>")
    return _timeit(shell, options, body, setup_statements)


def _parse_options(line):
    """Return the options before a statement, and the unchanged text of the statement."""
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
    """Measures a function that takes an iterator, which counts the loops, and a clock."""

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


def _compile_timeit_function(shell, body, setup):
    """Return the function of timeit's template that contains these statements."""
    # Compiled only to raise SyntaxError for statements that are valid only inside a function, such as ``return``.
    call_below(["timeit_compile_setup"], compile_for_magic, setup, "<magic-timeit-setup>", shell.namespace.flags)
    call_below(["timeit_compile"], compile_for_magic, body, "<magic-timeit-stmt>", shell.namespace.flags)
    template = ast.parse(timeit.template.format(init="", setup="pass", stmt="pass"))
    inner = template.body[0]
    loop = next(statement for statement in inner.body if isinstance(statement, ast.For))
    inner.body[:1], loop.body = setup, body
    names = {}
    exec(compile_statements([ast.fix_missing_locations(inner)], "<magic-timeit>", shell.namespace.flags), shell.user_ns, names)
    return names["inner"]


def _timeit(shell, options, body, setup):
    """Measure the statements, print the result, and return it for the option ``-o``.

    IPython's warning about runs of very different speed is omitted: here the first runs are slow until V8 has compiled
    the code.
    """
    timer = _Timer(_compile_timeit_function(shell, body, setup))
    loops = int(options.get("-n", 0)) or _choose_loops(timer)
    runs = int(options.get("-r", TIMEIT_RUNS))
    result = TimeitResult(loops, runs, call_below(["timeit_repeat"], timer.repeat, runs, loops))
    if "-q" not in options:
        sys.stdout.write(f"{result}\n")
    return result if "-o" in options else None


def _choose_loops(timer):
    for exponent in range(10):
        loops = 10**exponent
        if call_below(["timeit"], timer.timeit, loops) >= TIMEIT_TARGET:
            break
    return loops


def format_seconds(seconds):
    """Format a time span with three significant digits, such as ``22.6 μs``. From a minute on, format it as ``1min 5s``."""
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
