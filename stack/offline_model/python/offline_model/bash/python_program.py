"""Implement ``python3``: it runs code in the notebook's interpreter, with a separate namespace."""

import contextlib
import io
import linecache
import os
import platform
import sys
import traceback
import types

from .programs import FAILED, MISUSED, program


class _TextStream(io.TextIOBase):
    """A text stream that passes what is written to a function of the shell."""

    def __init__(self, write):
        self._write = write

    def write(self, text):
        self._write(text)
        return len(text)


@program("python3 python", None)
def _python(call):
    words = list(call.arguments)
    match words:
        case ["-V" | "--version", *_]:
            call.stdout(f"Python {platform.python_version()}\n")
            return 0
        case ["-c", source, *rest]:
            return _run(call, source, "<string>", ["-c", *rest])
        case ["-m", module, *_]:
            call.stderr(f"{call.name}: No module named {module}\n")
            return FAILED
        case [name, *rest] if not name.startswith("-"):
            try:
                with open(call.shell.path(name), encoding="utf-8") as file:
                    source = file.read()
            except OSError as error:
                path = os.path.abspath(call.shell.path(name))
                call.stderr(f"{call.name}: can't open file {path!r}: [Errno {error.errno}] {error.strerror}\n")
                return MISUSED
            return _run(call, source, os.path.abspath(call.shell.path(name)), [name, *rest])
        case [] | ["-"]:
            return _run(call, call.stdin, "<stdin>", [""])
    call.stderr(f"unknown option {words[0]}\n")
    return MISUSED


def _run(call, source, filename, arguments):
    module = types.ModuleType("__main__")
    if not filename.startswith("<"):
        module.__file__ = filename
    saved = sys.argv, sys.modules["__main__"], sys.stdin, os.getcwd()
    lines = linecache.cache.get(filename)
    linecache.cache[filename] = len(source), None, source.splitlines(True), filename
    sys.argv, sys.modules["__main__"], sys.stdin = arguments, module, io.StringIO(call.stdin)
    output, errors = _TextStream(call.stdout), _TextStream(call.stderr)
    try:
        os.chdir(call.shell.directory)
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            return _status(source, filename, module, errors)
    finally:
        sys.argv, sys.modules["__main__"], sys.stdin, directory = saved
        os.chdir(directory)
        linecache.cache.pop(filename, None)
        if lines is not None:
            linecache.cache[filename] = lines


def _status(source, filename, module, errors):
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), vars(module))
    except SystemExit as error:
        if isinstance(error.code, int) or error.code is None:
            return error.code or 0
        errors.write(f"{error.code}\n")
        return FAILED
    except Exception as error:
        own_frames = error.__traceback__.tb_next
        shown = traceback.TracebackException(type(error), error, own_frames)
        shown.print(file=errors, colorize=True)
        return FAILED
    return 0
