"""Provide a ``ctypes`` for packages that need only names and sizes.

The real module is excluded because it can call any function by its address.
"""

import importlib.abc
import importlib.machinery
import struct
import sys

_REASON = "the offline model's Python comes without ctypes"

# The types with a size, and their format characters in the module struct.
_SIZED = {
    **{"c_bool": "?", "c_char": "c", "c_byte": "b", "c_ubyte": "B", "c_short": "h", "c_ushort": "H", "c_int": "i"},
    **{"c_uint": "I", "c_long": "l", "c_ulong": "L", "c_longlong": "q", "c_ulonglong": "Q", "c_float": "f"},
    **{"c_double": "d", "c_size_t": "N", "c_ssize_t": "n", "c_void_p": "P", "c_char_p": "P", "c_wchar_p": "P"},
    **{"c_int8": "b", "c_uint8": "B", "c_int16": "h", "c_uint16": "H", "c_int32": "i", "c_uint32": "I"},
    **{"c_int64": "q", "c_uint64": "Q", "py_object": "P"},
}


class _Type:
    """A C type that cannot be instantiated."""

    def __init__(self, *_, **__):
        raise NotImplementedError(_REASON)


def _function_type(*_, **__):
    return type("CFunctionType", (_Type,), {})


def _sizeof(ctype):
    """Return the size of a C type in bytes."""
    return struct.calcsize(ctype._type_)


def _attribute(name):
    raise AttributeError(f"module 'ctypes' has no attribute {name!r} ({_REASON})", name=name)


class _EmptyLoader(importlib.abc.Loader):
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        for name, letter in _SIZED.items():
            setattr(module, name, type(name, (_Type,), {"_type_": letter}))
        module.Structure = type("Structure", (_Type,), {})
        module.Union = type("Union", (_Type,), {})
        module.CFUNCTYPE = module.PYFUNCTYPE = _function_type
        module.sizeof = _sizeof
        module.__getattr__ = _attribute


class _EmptyFinder(importlib.abc.MetaPathFinder):
    """Finds the module for imports by packages, except numpy, which works without ctypes."""

    def __init__(self, is_package_file):
        self._is_package_file = is_package_file

    def find_spec(self, fullname, path=None, target=None):
        if fullname != "ctypes" or not self._is_needed():
            return None
        return importlib.machinery.ModuleSpec(fullname, _EmptyLoader())

    def _is_needed(self):
        frame = sys._getframe(2)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is None or frame.f_globals.get("__name__", "").partition(".")[0] == "numpy":
            return False
        return self._is_package_file(frame.f_code.co_filename)


def install(is_package_file):
    """Allow packages to import the module.

    :param is_package_file: returns whether the importing file belongs to a package
    """
    sys.meta_path.insert(0, _EmptyFinder(is_package_file))
