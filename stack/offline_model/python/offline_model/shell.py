"""Run the cells of a notebook as IPython does."""

import ast
import builtins
import sys

from IPython.core.events import EventManager, ExecutionInfo, ExecutionResult
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList

from . import display_magics, host, magics, processes
from .code_depth import DEPTH, DEPTH_AWAITING, DEPTH_COROUTINE, at_depth
from .compiler import uses_await, compile_statement, compile_value, ends_with_semicolon, parse_cell, shown_statements
from .error_display import ErrorDisplay
from .event_loop import CellLoop, running
from .expansion import expand
from .formatters import format_value
from .ipython_frames import call_below, run_code
from .magics import CellEnded
from .namespace import Namespace
from .shell_parts import DisplayFormatter, DisplayPublisher, IPythonKernel
from .partial_cells import run_partial_cell
from .transform import transform_cell

_CO_COROUTINE = 0x80  # inspect.CO_COROUTINE: the code contains ``await``


class Shell:
    """The object that ``get_ipython()`` returns and that the host controls."""

    display_pub = DisplayPublisher()
    display_formatter = DisplayFormatter()
    kernel = IPythonKernel()

    def __init__(self):
        self._namespace = None
        self.loop = CellLoop()
        self._errors = ErrorDisplay()
        self._depth = DEPTH
        self.events = EventManager(self)

    # Called by the host

    def run(self, execution_count, code, partial):
        """Run a cell. With ``partial``, parts of its source may be missing, and only the complete statements run."""
        try:
            if partial:
                run_partial_cell(self, code, execution_count)
                self.loop.run_ready()
                self.events.trigger("post_execute")
            else:
                self.run_cell(code, execution_count)
        except BaseException as error:  # an interrupt can hit the shell itself
            self.show_error(error)
        finally:
            host.muted = False

    def start_session(self):
        """Start a new session with an empty namespace and default settings."""
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
        """The number of the next cell: IPython increases its count before a cell runs."""
        return self._namespace.execution_count + 1

    def run_cell(self, raw_cell, execution_count=None, store_history=True, silent=False):
        """Run a cell's source. An exception of the cell is shown, not raised."""
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
            namespace.begin_cell(execution_count, code, raw_cell)
            self.show_error(error.with_traceback(None))
            return
        filename = namespace.begin_cell(execution_count, code, source)
        try:
            self._depth = DEPTH_AWAITING if uses_await(source) else DEPTH
            statements = parse_cell(source, filename, namespace.flags)
            which = InteractiveShell.ast_node_interactivity
            shown = shown_statements(statements, which) if not ends_with_semicolon(source) else []
            for statement in statements:
                self.run_statement(statement, filename, is_shown=statement in shown)
            self.loop.run_ready()
            self._trigger_end_events(ExecutionResult(info, execution_count))
        except CellEnded:
            pass
        except BaseException as error:
            # IPython triggers the events after it has shown the error, but here no tool call may follow an error.
            self._trigger_end_events(ExecutionResult(info, execution_count, error))
            self.show_error(error.with_traceback(None) if _is_syntax_error_of_cell(error, filename) else error)

    def _trigger_end_events(self, result):
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)

    def run_statement(self, statement, filename, is_shown):
        """Run a statement of a cell, and show its value if ``is_shown``. Exceptions of the statement are raised."""
        namespace = self._namespace
        if is_shown and isinstance(statement, ast.Expr):
            sys.displayhook(self.execute(compile_value(statement.value, filename, namespace.flags)))
        else:
            code, namespace.flags = compile_statement(statement, filename, namespace.flags)
            self.execute(code)

    def _is_automagic(self, name):
        is_known = magics.has_line_magic(name) or name in self._namespace.aliases
        return self._namespace.is_automagic and is_known and name not in self.user_ns and not hasattr(builtins, name)

    def execute(self, code, variables=None):
        """Run code and return its value. If it contains ``await``, run the event loop until the code has ended.

        :param variables: default: the notebook's namespace
        """
        if variables is None:
            variables = self._namespace.variables
        if code.co_flags & _CO_COROUTINE:
            return at_depth(DEPTH_COROUTINE, self.loop.run_cell, eval(code, variables))
        with running(self.loop):
            return at_depth(self._depth, run_code, code, variables)

    def ev(self, expression):
        return eval(expression, self.user_ns)

    def ex(self, statements):
        exec(statements, self.user_ns)

    def displayhook(self, value):
        """Show a value as the cell's result, and add it to the history."""
        if value is None:
            return
        data, metadata = format_value(value)
        self._namespace.store_result(value)
        if data:
            host.call("execute_result", data=data, **({"metadata": metadata} if metadata else {}))

    def show_error(self, error):
        """Show an exception as the cell's error."""
        self._errors.show(error, self._namespace.exception_mode)

    def show_exit(self, error):
        """Show a SystemExit as the cell's error."""
        self._errors.show_exit(error, self._namespace.exception_mode)

    def showtraceback(self, exc_tuple=None, **_):
        error = exc_tuple[1] if exc_tuple else sys.exception() or getattr(sys, "last_exc", None)
        if error is not None:
            self.show_error(error)

    def run_line_magic(self, magic_name, line, _stack_depth=1):
        return call_below(["run_line_magic"], magics.run_line, self, magic_name, line)

    def run_cell_magic(self, magic_name, line, cell):
        return call_below(["run_cell_magic"], magics.run_cell, self, magic_name, line, cell)

    def register_magics(self, *classes):
        """Register the magics of classes or of their instances."""
        for cls in classes:
            for kind, name, method in (cls(self) if isinstance(cls, type) else cls).magics():
                magics.register(method, kind, name)

    def push(self, variables, interactive=True):
        """Add variables to the notebook's namespace.

        :param variables: a dictionary, or the names of variables of the caller
        """
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


def _is_syntax_error_of_cell(error, filename):
    """Return whether an exception is a syntax error of the cell itself. It is shown without frames."""
    return isinstance(error, SyntaxError) and error.filename == filename


Shell.__module__ = "ipykernel.zmqshell"
Shell.__qualname__ = Shell.__name__ = "ZMQInteractiveShell"  # the name in its repr
SHELL = Shell()
