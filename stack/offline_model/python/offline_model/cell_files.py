"""Compute the file names under which cells are compiled, like ipykernel. Warnings and syntax errors show them."""

import os
import re
import tempfile

_SEED = 0xC70F6907  # from ipykernel.compiler.get_tmp_hash_seed
_MULTIPLIER = 0x5BD1E995  # from MurmurHash2
_WORD = 0xFFFFFFFF

_CELL_FILE = re.compile(r".*/ipykernel_\d+/\d+\.py$")


def cell_file(code):
    """Return the file name of a cell, such as ``/tmp/ipykernel_42/2608338407.py``. It depends only on the code."""
    return f"{tempfile.gettempdir()}/ipykernel_{os.getpid()}/{_murmur2(code.encode('utf-8', 'surrogatepass'))}.py"


def is_cell_file(filename):
    """Return whether a file name has the form of :func:`cell_file`."""
    return _CELL_FILE.match(filename) is not None


def _murmur2(data):
    """Return the 32-bit MurmurHash2 of bytes: https://github.com/aappleby/smhasher."""
    value = _SEED ^ len(data)
    aligned_length = len(data) & ~3
    for start in range(0, aligned_length, 4):
        word = int.from_bytes(data[start : start + 4], "little") * _MULTIPLIER & _WORD
        word = (word ^ word >> 24) * _MULTIPLIER & _WORD
        value = value * _MULTIPLIER & _WORD ^ word
    if aligned_length < len(data):
        value = (value ^ int.from_bytes(data[aligned_length:], "little")) * _MULTIPLIER & _WORD
    value = (value ^ value >> 13) * _MULTIPLIER & _WORD
    return value ^ value >> 15
