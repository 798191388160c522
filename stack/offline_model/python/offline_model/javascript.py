"""Disable Pyodide's bridge to JavaScript once Pyodide has booted: the boot still needs it."""

import gc
import importlib.abc
import sys

MODULES = {"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip"}


class _BridgeBlocker(importlib.abc.MetaPathFinder):
    """Prevents the import of modules that give access to JavaScript."""

    def find_spec(self, fullname, path=None, target=None):
        if _is_bridge(fullname):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def _is_bridge(name):
    return isinstance(name, str) and name.partition(".")[0] in MODULES


def _refuse(*_, **__):
    raise TypeError("The offline model has no JavaScript.")


_modules, _types = [], []


def find_bridge():
    """Find the modules and types of the bridge. Searching all objects is slow, but a snapshot keeps the result."""
    for value in gc.get_objects():
        if type(value) is dict and _is_bridge(value.get("__name__")):
            _modules.append(value)  # a module's namespace, or the copy from which the interpreter creates the module again
        elif isinstance(value, type) and type(value).__name__ == "_JsProxyMetaClass":
            _types.append(value)


def disable_bridge():
    """Remove the bridge's modules, clear them in case other code refers to them, and disable the methods of its types."""
    for finder in sys.meta_path:
        if _is_bridge(finder.__module__) and hasattr(finder, "jsproxies"):
            finder.jsproxies.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not _is_bridge(finder.__module__)]
    sys.meta_path.insert(0, _BridgeBlocker())
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
