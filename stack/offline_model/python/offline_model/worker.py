"""The functions that the worker calls: install the notebook's Python once, attach it after every boot, run cells."""

import builtins
import json
import os
import random
import sys
import warnings

from IPython.core.display_functions import display

from . import (  # noqa: F401, they register magics
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
from . import event_loop, host, javascript, linux, processes, sandbox, streams, threads, told_files, word_size
from .code_depth import RECURSION_LIMIT
from .shell import SHELL


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
    event_loop.install(SHELL.loop)
    javascript.find()
    sys.setrecursionlimit(RECURSION_LIMIT)
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
    """Runs a cell that the host sends as JSON: ``{executionCount, code, muted, partial, fresh, canAsk, answers, files}``.

    With ``muted``, it is run for its effects on the namespace only; with ``answers``, up to the last input that they answer.
    """
    cell = json.loads(request)
    if cell["fresh"]:
        SHELL.begin_anew()
    host.begin(cell["muted"], cell["canAsk"], cell["answers"])
    told_files.write(cell.get("files", []))
    SHELL.run(cell["executionCount"], cell["code"], cell["partial"])
