"""Store the variables and the history of a notebook."""

import builtins
import linecache
import pathlib
import sys
import types

from .cell_files import cell_file, is_cell_file
from .open_file import open_file

_DOCUMENTATION = "Automatically created module for IPython interactive environment"

ALIASES = {
    **{name: name for name in ("cat", "cp", "mkdir", "mv", "rm", "rmdir")},
    "ls": "ls -F --color",
    "ll": "ls -F -o --color",
    "ldir": "ls -F -o --color %l | grep /$",
    "lf": "ls -F -o --color %l | grep ^-",
    "lk": "ls -F -o --color %l | grep ^l",
    "lx": "ls -F -o --color %l | grep ^-..x",
}  # the aliases of IPython on Linux

_numbers = {}  # the execution counts of the active namespace's cells by file name


def cell_number(filename):
    """Return the execution count of the cell with a file name, or None if no cell has it."""
    return _numbers.get(filename)


class _Exit:
    """``exit`` and ``quit``, which do nothing because there is no kernel to end."""

    def __call__(self, keep_kernel=False):
        pass

    def _ipython_display_(self):
        pass


class Namespace:
    """A notebook's ``__main__`` module. It contains IPython's history: In, Out, ``_``, ``_1``, ``_i`` and so on."""

    def __init__(self, get_ipython):
        self.module = types.ModuleType("__main__", _DOCUMENTATION)
        self.variables = self.module.__dict__
        self.execution_count = 0
        self.flags = 0
        self.aliases = dict(ALIASES)
        self.exception_mode = "Context"
        self.is_automagic = True
        self.calls_pdb = False
        self.folder_stack, self.bookmarks, self.stored = [], {}, {}
        self.extensions = set()  # the names of the extensions that %load_ext has loaded
        self._sources = {}
        self._numbers = {}
        self._previous_results = ("", "", "")
        history, outputs, leave = [""], {}, _Exit()
        self.variables.update(__builtins__=builtins, __builtin__=builtins)
        self.variables.update(get_ipython=get_ipython, exit=leave, quit=leave, open=open_file)
        self.variables.update(
            {"In": history, "_ih": history, "Out": outputs, "_oh": outputs, "_dh": [pathlib.Path.cwd()]},
            **{name: "" for name in ("_", "__", "___", "_i", "_ii", "_iii")},
        )
        self._initial_names = set(self.variables)

    def activate(self):
        """Make this the ``__main__`` module, and let tracebacks find the source of its cells."""
        global _numbers
        _numbers = self._numbers
        sys.modules["__main__"] = self.module
        for filename in [name for name in linecache.cache if is_cell_file(name)]:
            del linecache.cache[filename]
        for filename, source in self._sources.items():
            self._cache(filename, source)

    def begin_cell(self, execution_count, code, source):
        """Add a cell to the history before it runs, and return its file name.

        :param source: the Python source that the cell's ``code`` was transformed into
        """
        self.execution_count = execution_count
        history = self.variables["_ih"]
        history.extend([""] * (execution_count + 1 - len(history)))
        history[execution_count] = code
        variables = self.variables
        variables.update(_iii=variables.get("_ii", ""), _ii=variables.get("_i", ""))
        variables["_i"] = history[execution_count - 1]
        variables[f"_i{execution_count}"] = code
        variables.pop("__warningregistry__", None)  # so that each cell shows a warning again
        filename = cell_file(code)
        self._sources[filename] = source
        self._numbers[filename] = execution_count
        self._cache(filename, source)
        return filename

    def store_result(self, value):
        """Add the result of the current cell to the history."""
        variables = self.variables
        if value is not variables["_oh"] and all(
            variables.get(name) is previous for name, previous in zip(("_", "__", "___"), self._previous_results)
        ):
            self._previous_results = (value, *self._previous_results[:2])
            variables.update(zip(("_", "__", "___"), self._previous_results))
        if value is not variables["_oh"]:
            variables["_oh"][self.execution_count] = value
            variables[f"_{self.execution_count}"] = value

    def user_variables(self):
        """Return the variables that cells have created, sorted by name."""
        return {
            name: value
            for name, value in sorted(self.variables.items())
            if not name.startswith("_") and name not in self._initial_names
        }

    @staticmethod
    def _cache(filename, source):
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
