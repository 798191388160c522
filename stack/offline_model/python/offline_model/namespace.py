"""The variables and the history of one notebook."""

import builtins
import linecache
import pathlib
import sys
import types

from .cell_files import cell_file, is_cell_file
from .opening import open_file

_DOCUMENTATION = "Automatically created module for IPython interactive environment"

ALIASES = {
    **{name: name for name in ("cat", "cp", "mkdir", "mv", "rm", "rmdir")},
    "ls": "ls -F --color",
    "ll": "ls -F -o --color",
    "ldir": "ls -F -o --color %l | grep /$",
    "lf": "ls -F -o --color %l | grep ^-",
    "lk": "ls -F -o --color %l | grep ^l",
    "lx": "ls -F -o --color %l | grep ^-..x",
}  # IPython's on Linux

_numbers = {}  # of the active namespace: the execution count of each cell, by its file name


def cell_number(filename):
    """The execution count of the cell that a file name stands for; None when it is no cell's."""
    return _numbers.get(filename)


class _Exit:
    """``exit`` and ``quit``: there is no kernel to leave, so they do nothing."""

    def __call__(self, keep_kernel=False):
        pass

    def _ipython_display_(self):
        pass


class Namespace:
    """One notebook's ``__main__`` module with IPython's history in it: In, Out, ``_``, ``_1``, ``_i`` and so on."""

    def __init__(self, get_ipython):
        self.module = types.ModuleType("__main__", _DOCUMENTATION)
        self.variables = self.module.__dict__
        self.execution_count = 0
        self.flags = 0
        self.aliases = dict(ALIASES)
        self.exception_mode = "Context"
        self.is_automagic = True
        self.calls_pdb = False
        self.folders, self.bookmarks, self.stored = [], {}, {}
        self.extensions = set()  # the names of those that %load_ext has loaded
        self._sources = {}
        self._numbers = {}
        self._unders = ("", "", "")
        history, outputs, leave = [""], {}, _Exit()
        self.variables.update(__builtins__=builtins, __builtin__=builtins)
        self.variables.update(get_ipython=get_ipython, exit=leave, quit=leave, open=open_file)
        self.variables.update(
            {"In": history, "_ih": history, "Out": outputs, "_oh": outputs, "_dh": [pathlib.Path.cwd()]},
            **{name: "" for name in ("_", "__", "___", "_i", "_ii", "_iii")},
        )
        self._own = set(self.variables)

    def activate(self):
        """Makes this the ``__main__`` module, and its cells the ones whose source tracebacks find."""
        global _numbers
        _numbers = self._numbers
        sys.modules["__main__"] = self.module
        for filename in [name for name in linecache.cache if is_cell_file(name)]:
            del linecache.cache[filename]
        for filename, source in self._sources.items():
            self._cache(filename, source)

    def begin(self, execution_count, code, source):
        """Enters a cell into the history, before it runs; returns its file name."""
        self.execution_count = execution_count
        history = self.variables["_ih"]
        history.extend([""] * (execution_count + 1 - len(history)))
        history[execution_count] = code
        variables = self.variables
        variables.update(_iii=variables.get("_ii", ""), _ii=variables.get("_i", ""))
        variables["_i"] = history[execution_count - 1]
        variables[f"_i{execution_count}"] = code
        variables.pop("__warningregistry__", None)  # so that a warning shows again in the next cell
        filename = cell_file(code)
        self._sources[filename] = source
        self._numbers[filename] = execution_count
        self._cache(filename, source)
        return filename

    def remember(self, value):
        """Enters a shown value into the history."""
        variables = self.variables
        if value is not variables["_oh"] and all(
            variables.get(name) is previous for name, previous in zip(("_", "__", "___"), self._unders)
        ):
            self._unders = (value, *self._unders[:2])
            variables.update(zip(("_", "__", "___"), self._unders))
        if value is not variables["_oh"]:
            variables["_oh"][self.execution_count] = value
            variables[f"_{self.execution_count}"] = value

    def user_variables(self):
        """The variables that the cells made, by name."""
        return {
            name: value
            for name, value in sorted(self.variables.items())
            if not name.startswith("_") and name not in self._own
        }

    @staticmethod
    def _cache(filename, source):
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
