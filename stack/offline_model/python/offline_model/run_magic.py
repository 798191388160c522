"""Implement %run, which runs a file as a separate program or in the notebook's namespace."""

import contextlib
import getopt
import glob
import importlib.util
import linecache
import os
import runpy
import shlex
import sys
import time
import types

from .ipython_frames import call_below
from .magic_options import parse_options
from .magics import CellEnded, line_magic

_OPTIONS = "nidtN:b:pD:l:rs:T:em:G"


@line_magic("run")
def _run(shell, line):
    options, words = parse_options(shlex.split(line), _OPTIONS, getopt.getopt)
    if "-m" in options:
        _run_module(shell, options["-m"], words)
        return
    path = _find_file(words)
    arguments = [path, *(words[1:] if "-G" in options else _expand_arguments(words[1:]))]
    name = os.path.splitext(os.path.basename(path))[0] if "-n" in options else "__main__"
    with _as_program(shell, arguments):
        if "-i" in options:
            variables = shell.user_ns
            saved = variables["__name__"]
            variables.update(__name__=name, __file__=path)
            try:
                _execute(shell, path, variables, "-e" in options)
            finally:
                variables["__name__"] = saved
            return
        start, cpu_start = time.perf_counter(), time.process_time()
        module = types.ModuleType(name)
        module.__file__ = os.path.abspath(path)
        sys.modules[name] = module
        _execute(shell, path, vars(module), "-e" in options)
        if "-t" in options:
            _print_times(time.perf_counter() - start, time.process_time() - cpu_start)
        _copy_variables(shell, vars(module))
    if name != "__main__":
        del sys.modules[name]


def _print_times(wall, cpu):
    sys.stdout.write("\nIPython CPU timings (estimated):\n")
    sys.stdout.write(f"  User   : {cpu:10.2f} s.\n  System : {0:10.2f} s.\nWall time: {wall:10.2f} s.\n")


def _find_file(words):
    """Return the path of the file to run. Raise the exceptions of IPython if it is missing."""
    try:
        path = os.path.expanduser(call_below(["run_first_word"], words.__getitem__, 0))
    except IndexError as error:
        call_below(["run_without_name"], _fail, "you must provide at least a filename.", error)
    for candidate in (path, path if path.endswith(".py") else f"{path}.py"):
        if os.path.isfile(candidate):
            return candidate
    try:
        call_below(["run_find", "find"], _raise, OSError(f"File `{path!r}` not found."))
    except OSError as error:
        call_below(["run_unfound"], _fail, str(error), error)


def _raise(error):
    raise error


def _fail(message, cause):
    raise Exception(message) from cause


def _expand_arguments(words):
    """Return the arguments with patterns replaced by the file names that they match."""
    return [name for word in map(os.path.expanduser, words) for name in sorted(glob.glob(word)) or [word]]


@contextlib.contextmanager
def _as_program(shell, arguments):
    """Set ``sys.argv`` and add the program's folder to ``sys.path`` inside a ``with`` block."""
    saved, main = sys.argv, sys.modules["__main__"]
    sys.argv = arguments
    folder = os.path.dirname(os.path.abspath(arguments[0]))
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.argv, sys.modules["__main__"] = saved, main
        with contextlib.suppress(ValueError):
            sys.path.remove(folder)


def _execute(shell, path, variables, is_exit_ignored):
    """Run a file. If it raises an exception, show the traceback from the file on, and raise CellEnded."""
    absolute_path = os.path.abspath(path)
    linecache.checkcache(absolute_path)
    try:
        with open(absolute_path, "rb") as file:
            code = compile(file.read(), absolute_path, "exec", dont_inherit=True)
        shell.execute(code, variables)
    except SystemExit as error:
        if error.code and not is_exit_ignored:
            shell.show_exit(error)
            raise CellEnded from None
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != absolute_path:
            trace = trace.tb_next
        shell.show_error(error.with_traceback(trace))
        raise CellEnded from None


def _run_module(shell, name, words):
    if importlib.util.find_spec(name) is None:
        raise Exception(f"{name!r} is not a valid modulename on sys.path")
    with _as_program(shell, [name, *words]):
        _copy_variables(shell, runpy.run_module(name, run_name="__main__"))


def _copy_variables(shell, variables):
    """Copy the variables of a program into the notebook's namespace."""
    shell.user_ns.update(
        (name, value) for name, value in variables.items() if not (name.startswith("__") and name.endswith("__"))
    )
