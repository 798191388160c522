"""Make Python report 64-bit Linux as its platform, instead of WebAssembly with 32 bits."""

import os
import posix
import sys
import time

_NAMES = ("Linux", "notebook", "6.12.0", "#1 SMP PREEMPT_DYNAMIC", "x86_64")  # in the order of os.uname()
_EXECUTABLE = "/usr/bin/python3"
_PREFIX = "/usr"

_BUILD = (sys.platform, sys.maxsize)  # the real values


def _uname():
    """Return an object identifying the current operating system."""
    return posix.uname_result(_NAMES)


def _rename_sysconfig_data():
    """Add the ``_sysconfigdata_`` modules under the names that ``sysconfig`` expects on Linux."""
    for name in [name for name in sys.modules if name.startswith("_sysconfigdata_")]:
        sys.modules[name.replace("emscripten", "linux", 1)] = sys.modules[name]


def install():
    """Change the platform's names. Modules that choose their features by these names must have been imported before."""
    os.uname = posix.uname = _uname
    sys.platform = "linux"
    sys.maxsize = 2**63 - 1
    sys.executable, sys.prefix, sys.exec_prefix = _EXECUTABLE, _PREFIX, _PREFIX
    sys.base_prefix = sys.base_exec_prefix = _PREFIX
    _rename_sysconfig_data()
    time.tzname = ("UTC", "UTC")


def restore_build_platform():
    """Restore the real platform and word size: packages with compiled code depend on them."""
    sys.platform, sys.maxsize = _BUILD
