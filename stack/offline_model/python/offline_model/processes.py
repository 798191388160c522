"""Programs cannot be started: says so where Pyodide would end with them."""

import errno
import os

NO_SHELL = "The offline model has no shell: it runs Python only."


def _refuse(*_, **__):
    raise OSError(errno.ENOTSUP, NO_SHELL)


def install():
    """Makes the functions that start a program raise OSError."""
    for name in ("system", "popen"):
        setattr(os, name, _refuse)
