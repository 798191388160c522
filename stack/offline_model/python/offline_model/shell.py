"""Runs the cells of a notebook as IPython does."""

import ast
import builtins
import json
import os
import random
import sys
import warnings

from IPython.core.display_functions import display, publish_display_data
from IPython.core.error import UsageError
from IPython.core.events import EventManager, ExecutionInfo, ExecutionResult
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList

from . import (  # they register magics
    capture,
    directory_magics,
    display_magics,
    environment_magics,
    extension_magics,
    file_magics,
    inspection,
    name_magics,
    profiling,
    run_magic,
    session_magics,
    shell_magics,
    timing,
)
from . import event_loop, host, javascript, linux, magics, processes, sandbox, streams, threads, tracebacks, word_size
from .compiler import awaits, compile_statement, compile_value, ends_with_semicolon, parse_cell
from .event_loop import CellLoop, running
from .expansion import expand
from .formatters import format_value
from .ipython_frames import EXIT_WARNING_PLACE, call_below, run_code
from .magics import CellEnded
from .namespace import Namespace
from .told_cells import run_told_cell
from .transform import transform_cell

_RECURSION_LIMIT = 3000  # in a notebook's kernel: Jedi, which completes names there, sets it
_DEPTH = 12  # frames that a kernel has below a cell, beyond ours: a cell reaches the limit at the same depth
_DEPTH_AWAITING = 3  # the same below the statements of a cell that awaits something; they are run by the event loop
_DEPTH_COROUTINE = 1  # the same below a statement that awaits

_CO_COROUTINE = 0x80  # inspect.CO_COROUTINE: the code awaits something

_EXIT_WARNING = (
    f"{EXIT_WARNING_PLACE}: UserWarning: To exit: use 'exit', 'quit', or Ctrl-D.\n"
    "  warn(\"To exit: use 'exit', 'quit', or Ctrl-D.\", stacklevel=1)\n"
)


class _DisplayPublisher:
    def publish(self, data, metadata=None, **keywords):
        publish_display_data(data, metadata, **keywords)


class _DisplayFormatter:
    def format(self, obj, include=None, exclude=None):
        return format_value(obj, include, exclude)


class IPythonKernel:
    """What there is of the shell's kernel: that there is one, which tells packages that they are in a notebook."""


IPythonKernel.__module__ = "ipykernel.ipkernel"


class Shell:
    """What ``get_ipython()`` returns, and what the host drives."""

    display_pub = _DisplayPublisher()
    display_formatter = _DisplayFormatter()
    kernel = IPythonKernel()

    def __init__(self):
        self._namespace = None
        self._loop = CellLoop()
        self._warned_of_exit = False
        self._depth = _DEPTH
        self.events = EventManager(self)

    # Driven by the host

    def run(self, execution_count, code, partial):
        """Runs a cell; with ``partial``, as far as it can be run."""
        try:
            if partial:
                run_told_cell(self, code, execution_count)
                self._loop.run_ready()
                self.events.trigger("post_execute")
            else:
                self.run_cell(code, execution_count)
        except BaseException as error:  # an interrupt can hit the shell itself
            self.show_error(error)
        finally:
            host.muted = False

    def begin_anew(self):
        """Begins with no variables, as at the start."""
        InteractiveShell.ast_node_interactivity = "last_expr"
        display_magics.set_precision("")
        self._namespace = Namespace(self.get_ipython)
        self._namespace.activate()

    # IPython's own interface

    def get_ipython(self):
        return self

    get_ipython.__qualname__ = "InteractiveShell.get_ipython"

    @property
    def user_ns(self):
        return self._namespace.variables

    @property
    def user_module(self):
        return self._namespace.module

    @property
    def namespace(self):
        return self._namespace

    @property
    def execution_count(self):
        """The number of the cell that comes next: IPython counts a cell before it runs."""
        return self._namespace.execution_count + 1

    def run_cell(self, raw_cell, execution_count=None, store_history=True, silent=False):
        """Runs a cell's source. What it raises is shown, not raised."""
        namespace = self._namespace
        if execution_count is None:
            execution_count = namespace.execution_count
        code = raw_cell.rstrip("\n")
        info = ExecutionInfo(raw_cell, store_history, silent)
        self.events.trigger("pre_execute")
        self.events.trigger("pre_run_cell", info)
        try:
            source = transform_cell(raw_cell, self._is_automagic)
        except SyntaxError as error:
            namespace.begin(execution_count, code, raw_cell)
            self.show_error(error.with_traceback(None))
            return
        filename = namespace.begin(execution_count, code, source)
        try:
            self._depth = _DEPTH_AWAITING if awaits(source) else _DEPTH
            statements = parse_cell(source, filename, namespace.flags)
            shown = _shown(statements) if not ends_with_semicolon(source) else []
            for statement in statements:
                self.run_statement(statement, filename, is_shown=statement in shown)
            self._loop.run_ready()
            self._tell_end(ExecutionResult(info, execution_count))
        except CellEnded:
            pass
        except BaseException as error:
            # IPython does so behind the error, but no tool call may follow one.
            self._tell_end(ExecutionResult(info, execution_count, error))
            self.show_error(error.with_traceback(None) if _is_of_cell(error, filename) else error)

    def _tell_end(self, result):
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)

    def run_statement(self, statement, filename, is_shown):
        """Runs one statement of a cell, and shows its value if it is to be shown. What it raises is raised."""
        namespace = self._namespace
        if is_shown and isinstance(statement, ast.Expr):
            sys.displayhook(self.execute(compile_value(statement.value, filename, namespace.flags)))
        else:
            code, namespace.flags = compile_statement(statement, filename, namespace.flags)
            self.execute(code)

    def _is_automagic(self, name):
        is_known = magics.has_line(name) or name in self._namespace.aliases
        return self._namespace.is_automagic and is_known and name not in self.user_ns and not hasattr(builtins, name)

    def execute(self, code, variables=None):
        """Runs code, in the notebook's namespace by default, and returns its value; code that awaits runs to its end."""
        if variables is None:
            variables = self._namespace.variables
        if code.co_flags & _CO_COROUTINE:
            return _at_depth(_DEPTH_COROUTINE, self._loop.run_cell, eval(code, variables))
        with running(self._loop):
            return _at_depth(self._depth, run_code, code, variables)

    def ev(self, expression):
        return eval(expression, self.user_ns)

    def ex(self, statements):
        exec(statements, self.user_ns)

    def displayhook(self, value):
        """Shows the value of a cell's last expression."""
        if value is None:
            return
        data, metadata = format_value(value)
        self._namespace.remember(value)
        if data:
            host.call("execute_result", data=data, **({"metadata": metadata} if metadata else {}))

    def show_error(self, error):
        """Shows an exception as the cell's error."""
        if isinstance(error, UsageError):
            self._call_error(error, [f"UsageError: {error}"])
            return
        sys.last_exc = sys.last_value = error
        sys.last_type, sys.last_traceback = type(error), error.__traceback__
        if isinstance(error, SystemExit):
            self.show_exit(error)
            self._warn_of_exit()
        else:
            self._call_error(error, tracebacks.format_traceback(error))

    def show_exit(self, error):
        """Shows a SystemExit as the cell's error."""
        text = tracebacks.message(error)
        name = type(error).__name__
        line = f"{name}: {text}\n" if text else f"{name}\n"
        self._call_error(error, ["An exception has occurred, use %tb to see the full traceback.\n", line])

    def _call_error(self, error, lines):
        if self._namespace.exception_mode == "Minimal":
            lines = lines[-1:]
        host.call("error", ename=type(error).__name__, evalue=tracebacks.message(error), traceback=lines)

    def _warn_of_exit(self):
        """Warns once, as IPython, after the error."""
        if not self._warned_of_exit:
            self._warned_of_exit = True
            sys.stderr.write(_EXIT_WARNING)

    def showtraceback(self, exc_tuple=None, **_):
        error = exc_tuple[1] if exc_tuple else sys.exception() or getattr(sys, "last_exc", None)
        if error is not None:
            self.show_error(error)

    def run_line_magic(self, magic_name, line, _stack_depth=1):
        return call_below(["run_line_magic"], magics.run_line, self, magic_name, line)

    def run_cell_magic(self, magic_name, line, cell):
        return call_below(["run_cell_magic"], magics.run_cell, self, magic_name, line, cell)

    def register_magics(self, *classes):
        """Makes the magics of classes, or of objects of them, the shell's."""
        for cls in classes:
            for kind, name, method in (cls(self) if isinstance(cls, type) else cls).magics():
                magics.register(method, kind, name)

    def push(self, variables, interactive=True):
        """Gives the notebook variables: a dictionary of them, or the names of the caller's."""
        if not isinstance(variables, dict):
            names = variables.split() if isinstance(variables, str) else variables
            caller = sys._getframe(1)
            variables = {name: eval(name, caller.f_globals, caller.f_locals) for name in names}
        self.user_ns.update(variables)

    def register_magic_function(self, func, magic_kind="line", magic_name=None):
        magics.register(func, magic_kind, magic_name or func.__name__)

    def system(self, cmd):
        self.user_ns["_exit_code"] = processes.run_on_terminal(expand(cmd, self.user_ns))

    def getoutput(self, cmd, split=True):
        lines = processes.output_lines(expand(cmd, self.user_ns))
        return SList(lines) if split else "\n".join(lines)


def _shown(statements):
    """The statements whose values are to be shown; appends one for the value of a last assignment, if that is to be."""
    which = InteractiveShell.ast_node_interactivity
    if which == "last_expr_or_assign" and statements:
        match statements[-1]:
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                if isinstance(target, ast.Name):
                    value = ast.copy_location(ast.Name(target.id), target)
                    statements.append(ast.copy_location(ast.Expr(value), target))
    return statements if which == "all" else [] if which == "none" else statements[-1:]


def _at_depth(depth, function, *arguments):
    """Calls a function below so many frames."""
    return _at_depth(depth - 1, function, *arguments) if depth else function(*arguments)


def _is_of_cell(error, filename):
    """Whether an exception is a syntax error of the cell itself, which needs no frames."""
    return isinstance(error, SyntaxError) and error.filename == filename


Shell.__module__ = "ipykernel.zmqshell"
Shell.__qualname__ = Shell.__name__ = "ZMQInteractiveShell"  # what its repr shows
SHELL = Shell()


def install():
    """Makes the interpreter a notebook's: streams, display hook, event loop. A snapshot holds what this does."""
    streams.install()
    threads.install()
    processes.install()
    linux.install()
    word_size.install()
    builtins.get_ipython = SHELL.get_ipython
    builtins.display = display
    sys.displayhook = SHELL.displayhook
    event_loop.install(SHELL._loop)
    javascript.find()
    sys.setrecursionlimit(_RECURSION_LIMIT)
    warnings.filterwarnings("ignore", module=r"offline_model\.")  # such as of a coroutine that goes with an old traceback
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def attach():
    """Connects the host and closes the sandbox, after every boot; a snapshot's random numbers must not repeat."""
    host.attach()
    sandbox.close()
    random.seed()
    word_size.seed(os.urandom(16))
    SHELL.begin_anew()


def run(request):
    """Runs a cell that the host sends as JSON: ``{executionCount, code, muted, partial, fresh, canAsk, answers}``.

    With ``muted``, it is run for its effects on the namespace only; with ``answers``, up to the last input that they answer.
    """
    cell = json.loads(request)
    if cell["fresh"]:
        SHELL.begin_anew()
    host.begin(cell["muted"], cell["canAsk"], cell["answers"])
    SHELL.run(cell["executionCount"], cell["code"], cell["partial"])
