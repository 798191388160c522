"""Define the functions that the worker calls: install() once, attach() after every boot, and run() for each cell."""

import builtins
import json
import os
import random
import sys
import warnings

from IPython.core.display_functions import display

from . import (  # noqa: F401, these modules register magics
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
from . import conversation_files, event_loop, host, javascript, linux, processes, sandbox, streams, threads, word_size
from .code_depth import RECURSION_LIMIT
from .shell import SHELL


def install():
    """Prepare the interpreter for a notebook: streams, display hook, event loop. A snapshot contains the result."""
    streams.install()
    threads.install()
    processes.install()
    linux.install()
    word_size.install()
    builtins.get_ipython = SHELL.get_ipython
    builtins.display = display
    sys.displayhook = SHELL.displayhook
    event_loop.install(SHELL.loop)
    javascript.find_bridge()
    sys.setrecursionlimit(RECURSION_LIMIT)
    warnings.filterwarnings("ignore", module=r"offline_model\.")  # such as a warning about a coroutine in an old traceback
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def attach():
    """Connect the host, close the sandbox and seed random numbers, which must differ between boots of one snapshot."""
    host.attach()
    sandbox.close()
    random.seed()
    word_size.seed(os.urandom(16))
    SHELL.start_session()


def run(request):
    """Run a cell that the host sends as JSON: ``{executionCount, code, muted, partial, fresh, canAsk, answers, files}``.

    With ``muted``, its outputs are not reported. With ``answers``, its outputs are not reported until the last of them has
    been read. With ``fresh``, a new session starts before the cell.
    """
    cell = json.loads(request)
    if cell["fresh"]:
        SHELL.start_session()
    host.begin_cell(cell["muted"], cell["canAsk"], cell["answers"])
    conversation_files.write_files(cell.get("files", []))
    SHELL.run(cell["executionCount"], cell["code"], cell["partial"])
