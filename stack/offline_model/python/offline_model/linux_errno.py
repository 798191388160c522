"""Replace the error numbers and messages of WebAssembly's libc by those of Linux. ENOENT is 44 in WebAssembly."""

import errno
import gc
import os
import sys
import types

from .linux_errors import ERRORS

_numbers = {}  # maps libc's error numbers to those of Linux
_texts = {}  # maps Linux's error numbers to their messages

_address = id
_new = OSError.__new__  # a cell cannot replace this reference
_new_overflow = OverflowError.__new__
_libc_strerror = os.strerror

_MESSAGES_64_BIT = {
    "factorial() argument should not exceed 2147483647": "factorial() argument should not exceed 9223372036854775807",
    "Python int too large to convert to C long": "signed integer is greater than maximum",
    "timestamp too large to convert to C PyTime_t": "timestamp out of range for C PyTime_t",
}  # maps messages of a 32-bit Python about numbers up to 2**63 to those of a 64-bit Python


def strerror(code, /):
    """Translate an error code to a message string."""
    return _texts.get(code) or f"Unknown error {code}"


def make_error(*arguments, **keywords):
    """Create an ``OSError`` for cells and C code. An error from libc gets Linux's number and message.

    Such an error is recognized by its message: C code passes libc's message for the number.
    """
    if len(arguments) > 1 and arguments[0] in _numbers:
        number, text, *rest = arguments
        if text == _libc_strerror(number):
            linux = _numbers[number]
            arguments = (linux, _texts[linux], *rest)
    return _new(OSError, *arguments, **keywords)


def make_overflow(*arguments):
    """Create an ``OverflowError``. Translate an error number to Linux's, and a 32-bit limit to the 64-bit one."""
    match arguments:
        case [int(number), str(text)] if number in _numbers and text == _libc_strerror(number):
            arguments = (_numbers[number], _texts[_numbers[number]])
        case [str(text)]:
            arguments = (_MESSAGES_64_BIT.get(text, text),)
    return _new_overflow(OverflowError, *arguments)


def addresses():
    """Return lines of two memory addresses: that of an error type, and that of the function that creates its errors."""
    constructors = {OSError: make_error, OverflowError: make_overflow}
    return "\n".join(f"{_address(cls)} {_address(constructor)}" for cls, constructor in constructors.items())


def install():
    """Use Linux's error numbers in ``errno``, in ``os.strerror`` and to select subclasses such as FileNotFoundError."""
    libc = {name: value for name, value in vars(errno).items() if isinstance(value, int)}
    linux = {name: int(number) for number, name, _ in ERRORS}
    _numbers.update((value, linux[name]) for name, value in libc.items() if name in linux)
    for number, _, text in ERRORS:
        _texts.setdefault(int(number), text)
    _renumber_classes()
    _renumber_modules(libc, linux)
    errno.errorcode.clear()
    for number, name, _ in ERRORS:
        errno.errorcode.setdefault(int(number), name)
    os.strerror = strerror


def _renumber_classes():
    """Make ``OSError(2)`` a FileNotFoundError. The interpreter's table of subclasses is found by its content."""
    (classes,) = (value for value in gc.get_objects() if type(value) is dict and value.get(44) is FileNotFoundError)
    renumbered = {_numbers[number]: cls for number, cls in classes.items()}
    classes.clear()
    classes.update(renumbered)


def _renumber_modules(libc, linux):
    """Change the numbers in ``errno`` and in the modules that have imported them."""
    for module in [module for module in sys.modules.values() if isinstance(module, types.ModuleType)]:
        if module is errno:
            for name in libc.keys() - linux.keys():
                delattr(errno, name)
            vars(errno).update(linux)
        else:
            imported = [name for name, value in libc.items() if vars(module).get(name, ...) is value]
            vars(module).update((name, linux[name]) for name in imported if name in linux)
