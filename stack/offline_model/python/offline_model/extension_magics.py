"""Implement the magics for extensions: %load_ext, %reload_ext and %unload_ext."""

import importlib
import sys

from IPython.core.error import UsageError

from .ipython_frames import call_below
from .magics import line_magic

_BUILTIN = {"storemagic", "autoreload"}  # IPython's own extensions, which would have no effect here


@line_magic("load_ext")
def _load_ext(shell, line):
    loaded = call_below(["load_ext"], _load, shell, _module_name(line))
    if loaded is not None:
        sys.stdout.write(f"{loaded}\n")


@line_magic("reload_ext")
def _reload_ext(shell, line):
    name = _module_name(line)
    if name in shell.namespace.extensions and name in sys.modules:
        shell.namespace.extensions.discard(name)
        importlib.reload(sys.modules[name])
    call_below(["reload_ext", "reload_extension"], _load, shell, name)


@line_magic("unload_ext")
def _unload_ext(shell, line):
    name = _module_name(line)
    if name not in shell.namespace.extensions:
        sys.stdout.write(f"The {name} extension is not loaded.\n")
        return
    module = sys.modules.get(name)
    if name not in _BUILTIN and not hasattr(module, "unload_ipython_extension"):
        sys.stdout.write(f"The {name} extension doesn't define how to unload it.\n")
        return
    if name not in _BUILTIN:
        module.unload_ipython_extension(shell)
    shell.namespace.extensions.discard(name)


def _module_name(line):
    if not line:
        raise UsageError("Missing module name.")
    return line


def _load(shell, name):
    """Load an extension. Return a message if it was not loaded, else None."""
    if name in shell.namespace.extensions:
        return f"The {name} extension is already loaded. To reload it, use:\n  %reload_ext {name}"
    if name not in _BUILTIN:
        module = sys.modules.get(name)
        if module is None:
            module = call_below(["load_extension", "import_extension"], importlib.import_module, name)
        if not hasattr(module, "load_ipython_extension"):
            return f"The {name} module is not an IPython extension."
        module.load_ipython_extension(shell)
    shell.namespace.extensions.add(name)
    return None
