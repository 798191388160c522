"""Close the sandbox, and explain which modules the offline model does not have."""

import asyncio
import importlib.abc
import os
import pydoc
import sys
import time

from . import host, javascript, packages

# The environment variables that are kept. Pyodide adds others, which reveal where it was started.
_ENVIRONMENT = {"HOME", "LANG", "LOGNAME", "PATH", "USER"}

# The environment variables that ipykernel sets, so that programs adapt their output to a notebook.
_KERNEL_ENVIRONMENT = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}


class _MissingModuleFinder(importlib.abc.MetaPathFinder):
    """Explains why a module of the standard library is missing, if no other finder has found it."""

    def find_spec(self, name, path=None, target=None):
        if path is not None or name not in sys.stdlib_module_names:  # a submodule is missing in an existing package
            return None
        reason = "the offline model's Python comes without it"
        raise ModuleNotFoundError(f"No module named {name!r} ({reason})", name=name)


_LONGEST_SLEEP = 2**63 / 1e9  # seconds; CPython counts nanoseconds with 64 bits

_system_sleep = getattr(time.sleep, "__wrapped__", time.sleep)  # Pyodide's wrapper calls JavaScript


def sleep(seconds, /):
    """Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision."""
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < _LONGEST_SLEEP:
        return _system_sleep(seconds)  # raises the right exception
    host.sleep(seconds)


def close():
    """Close the sandbox. Pyodide must have booted, because its boot needs the modules that become unavailable."""
    time.sleep = sleep
    asyncio.run = asyncio.runners.run = getattr(asyncio.run, "__wrapped__", asyncio.run)  # Pyodide's wrapper calls JavaScript
    for name in set(os.environ) - _ENVIRONMENT:
        del os.environ[name]
    os.environ.update(_KERNEL_ENVIRONMENT)
    pydoc.pager = pydoc.plainpager
    javascript.disable_bridge()
    sys.meta_path += [_MissingModuleFinder(), packages.PackageFinder()]
