"""Makes Python report 64-bit Linux as the machine, in the names that would show WebAssembly's 32 bits."""

import os
import posix
import sys
import time

_NAMES = ("Linux", "notebook", "6.12.0", "#1 SMP PREEMPT_DYNAMIC", "x86_64")  # as os.uname() gives them
_EXECUTABLE = "/usr/bin/python3"
_PREFIX = "/usr"

_BUILD = (sys.platform, sys.maxsize)


def _uname():
    """Return an object identifying the current operating system."""
    return posix.uname_result(_NAMES)


def _name_configuration():
    """Lets ``sysconfig`` find what it has by the name that it looks for now."""
    for name in [name for name in sys.modules if name.startswith("_sysconfigdata_")]:
        sys.modules[name.replace("emscripten", "linux", 1)] = sys.modules[name]


def install():
    """Changes the names, after the modules that ask for them to know what they can do have been imported."""
    os.uname = posix.uname = _uname
    sys.platform = "linux"
    sys.maxsize = 2**63 - 1
    sys.executable, sys.prefix, sys.exec_prefix = _EXECUTABLE, _PREFIX, _PREFIX
    sys.base_prefix = sys.base_exec_prefix = _PREFIX
    _name_configuration()
    time.tzname = ("UTC", "UTC")


def name_build():
    """Names the build as what it is: packages with compiled code go by its platform and by its 32 bits."""
    sys.platform, sys.maxsize = _BUILD
