"""Disables Pyodide's bridge to JavaScript after the boot, which still needs the bridge."""

import gc
import importlib.abc
import sys

MODULES = {"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip"}


class _Closed(importlib.abc.MetaPathFinder):
    """Refuses the modules that lead to JavaScript."""

    def find_spec(self, fullname, path=None, target=None):
        if _is_bridge(fullname):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def _is_bridge(name):
    return isinstance(name, str) and name.partition(".")[0] in MODULES


def _refuse(*_, **__):
    raise TypeError("The offline model has no JavaScript.")


_modules, _types = [], []


def find():
    """Finds what the bridge consists of: looking at all objects takes its time, and a snapshot remembers it."""
    for value in gc.get_objects():
        if type(value) is dict and _is_bridge(value.get("__name__")):
            _modules.append(value)  # a module's, or the copy of it that the interpreter makes it from again
        elif isinstance(value, type) and type(value).__name__ == "_JsProxyMetaClass":
            _types.append(value)


def close():
    """Empties the bridge's modules, even where other code holds them, and removes the behaviour of its types."""
    for finder in sys.meta_path:
        if _is_bridge(finder.__module__) and hasattr(finder, "jsproxies"):
            finder.jsproxies.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not _is_bridge(finder.__module__)]
    sys.meta_path.insert(0, _Closed())
    for name in [name for name in sys.modules if _is_bridge(name)]:
        del sys.modules[name]
    sys.builtin_module_names = tuple(name for name in sys.builtin_module_names if not _is_bridge(name))
    for module in _modules:
        module.clear()
    for cls in _types:
        _disable(cls)
    _modules.clear()
    _types.clear()


def _disable(cls):
    for name in ("__new__", "__init__", "__getattribute__", "__setattr__", "__call__", "__get__", "__iter__"):
        if name in vars(cls):
            type.__setattr__(cls, name, _refuse)
