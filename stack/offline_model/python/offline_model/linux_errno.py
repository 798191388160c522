"""Linux's numbers and texts of errors, in place of those of WebAssembly's libc, which counts otherwise: 44 for ENOENT."""

import errno
import gc
import os
import sys
import types

from .linux_errors import ERRORS

_numbers, _texts = {}, {}  # of an error, by libc's number; by Linux's

_address = id
_new = OSError.__new__  # a cell cannot replace it
_new_overflow = OverflowError.__new__
_libc_strerror = os.strerror

_WIDER = {
    "factorial() argument should not exceed 2147483647": "factorial() argument should not exceed 9223372036854775807",
    "Python int too large to convert to C long": "signed integer is greater than maximum",
    "timestamp too large to convert to C PyTime_t": "timestamp out of range for C PyTime_t",
}  # what a Python of 32 bits says where one of 64 bits says otherwise, of numbers up to 2**63


def strerror(code, /):
    """Translate an error code to a message string."""
    return _texts.get(code) or f"Unknown error {code}"


def make_error(*arguments, **keywords):
    """Makes the ``OSError`` of cells and C code: an error that libc raised gets Linux's number and text.

    It is known by its text: C code gives libc's own for the number.
    """
    if len(arguments) > 1 and arguments[0] in _numbers:
        number, text, *rest = arguments
        if text == _libc_strerror(number):
            linux = _numbers[number]
            arguments = (linux, _texts[linux], *rest)
    return _new(OSError, *arguments, **keywords)


def make_overflow(*arguments):
    """Makes an ``OverflowError``: with Linux's number, or with the limits of 64 bits."""
    match arguments:
        case [int(number), str(text)] if number in _numbers and text == _libc_strerror(number):
            arguments = (_numbers[number], _texts[_numbers[number]])
        case [str(text)]:
            arguments = (_WIDER.get(text, text),)
    return _new_overflow(OverflowError, *arguments)


def addresses():
    """Where the types are in the interpreter's memory, and beside each the function that makes its errors."""
    made = {OSError: make_error, OverflowError: make_overflow}
    return "\n".join(f"{_address(cls)} {_address(make)}" for cls, make in made.items())


def install():
    """Numbers errors as Linux does: in ``errno``, ``os.strerror`` and the choice of FileNotFoundError and its like."""
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
    """Lets ``OSError(2)`` be a FileNotFoundError: the interpreter's table of classes is found by what is in it."""
    (classes,) = (value for value in gc.get_objects() if type(value) is dict and value.get(44) is FileNotFoundError)
    renumbered = {_numbers[number]: cls for number, cls in classes.items()}
    classes.clear()
    classes.update(renumbered)


def _renumber_modules(libc, linux):
    """Changes the numbers in ``errno``, and in the modules that have taken them from there."""
    for module in [module for module in sys.modules.values() if isinstance(module, types.ModuleType)]:
        if module is errno:
            for name in libc.keys() - linux.keys():
                delattr(errno, name)
            vars(errno).update(linux)
        else:
            taken = [name for name, value in libc.items() if vars(module).get(name, ...) is value]
            vars(module).update((name, linux[name]) for name in taken if name in linux)
