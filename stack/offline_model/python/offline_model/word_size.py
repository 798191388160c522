"""Imitate the sizes, hashes and addresses of a 64-bit Python. WebAssembly's Python has 32 bits."""

import builtins
import hashlib
import random
import re
import sys
from decimal import Decimal
from fractions import Fraction

_MODULUS = 2**61 - 1  # sys.hash_info.modulus, for the hashes of numbers
_INFINITY = 314159
_IMAGINARY = 1000003
_GC_HEAD = 16  # bytes of the garbage collector's header, which the 32-bit size lacks
_WORD = 2**64

_BASE = 0x7F0000000000  # added to the real addresses
_ADDRESS = re.compile(r"(?<= at 0x)[0-9a-f]{5,8}(?=>)|(?<= object at 0x)[0-9a-f]{5,8}(?=,)")

_native_hash, _native_id, _native_size = hash, id, sys.getsizeof
_secret = b""

_RATIONAL = (Fraction, Decimal)


def _to_signed(value):
    return value - _WORD if value >= _WORD // 2 else value


def hash(obj, /):
    """Return the hash value for the given object.

    Two objects that compare equal must also have the same hash value, but the
    reverse is not necessarily true."""
    kind = type(obj)
    if hasattr(kind.__hash__, "__code__") and kind not in _RATIONAL:
        return _hash_of_user_class(kind.__hash__(obj))
    native = _native_hash(obj)
    if kind is int or kind is bool:
        value = _hash_of_number(int(obj), 1)
    elif kind is float:
        value = _hash_of_float(obj)
    elif kind is complex:
        value = _to_signed((_hash_of_float(obj.real) + _IMAGINARY * _hash_of_float(obj.imag)) % _WORD)
    elif kind in (str, bytes):
        data = obj.encode("utf-8", "surrogatepass") if kind is str else obj
        value = int.from_bytes(hashlib.blake2b(data, digest_size=8, key=_secret).digest(), "little", signed=True)
        value = value if obj else 0
    elif kind is tuple:
        value = _hash_of_tuple(obj)
    elif kind is frozenset:
        value = _hash_of_frozenset(obj)
    elif kind in _RATIONAL and native not in (0, _INFINITY, -_INFINITY):
        value = _hash_of_number(*obj.as_integer_ratio())
    else:
        value = native
    return -2 if value == -1 else value


def _hash_of_user_class(value):
    if not isinstance(value, int):
        raise TypeError("__hash__ method should return an integer")
    return -2 if value == -1 else int(value) if -_WORD // 2 <= value < _WORD // 2 else _hash_of_number(value, 1)


def _hash_of_number(numerator, denominator):
    value = abs(numerator) % _MODULUS * pow(denominator, _MODULUS - 2, _MODULUS) % _MODULUS
    return -value if numerator < 0 else value


def _hash_of_float(value):
    if value != value:
        return _native_hash(value)
    if value in (float("inf"), float("-inf")):
        return _INFINITY if value > 0 else -_INFINITY
    return _hash_of_number(*value.as_integer_ratio())


def _hash_of_tuple(items):
    """Return the hash of a tuple: CPython's variant of xxHash in Objects/tupleobject.c."""
    first, second, fifth = 11400714785074694791, 14029467366897019727, 2870177450012600261
    value = fifth
    for item in items:
        value = (value + hash(item) % _WORD * second) % _WORD
        value = (value << 31 | value >> 33) % _WORD * first % _WORD
    value = (value + (len(items) ^ fifth ^ 3527539)) % _WORD
    return 1546275796 if value == _WORD - 1 else _to_signed(value)


def _hash_of_frozenset(items):
    """Return the hash of a frozenset as in CPython's Objects/setobject.c."""
    value = 0
    for item in items:
        part = hash(item) % _WORD
        value ^= (part ^ 89869747 ^ part << 16) * 3644798167 % _WORD
    value ^= (len(items) + 1) * 1927868237
    value ^= value >> 11 ^ value >> 25
    value = (value * 69069 + 907133923) % _WORD
    return 590923713 if value == _WORD - 1 else _to_signed(value)


def id(obj, /):
    """Return the identity of an object.

    This is guaranteed to be unique among simultaneously existing objects.
    (CPython uses the object's memory address.)"""
    return _BASE + _native_id(obj)


def with_64_bit_addresses(text):
    """Return a text with the addresses of objects replaced by those of :func:`id`."""
    return _ADDRESS.sub(lambda match: f"{_BASE + int(match.group(), 16):x}", text) if " at 0x" in text else text


def getsizeof(object, *default):
    """getsizeof(object [, default]) -> int

    Return the size of object in bytes."""
    native = _native_size(object, *default)
    kind = type(object)
    if kind in _SIZES:
        return _SIZES[kind](object, native)
    if isinstance(object, (int, float, str, bytes, list, tuple, dict, set, frozenset)):
        return native + (native >> 1)
    return native + _GC_HEAD if hasattr(kind.__sizeof__, "__code__") else native * 2


def _size_of_int(value, native):
    return 24 + 4 * max(1, -(-abs(value).bit_length() // 30))


def _size_of_str(value, native):
    if value.isascii():
        return 41 + len(value)
    widest = max(value)
    return 57 + len(value) if widest < "\u0100" else 58 + 2 * len(value) if widest < "\U00010000" else 60 + 4 * len(value)


def _size_of_dict(value, native):
    if native == _EMPTY_DICT:
        return 64
    entries = native - _EMPTY_DICT
    size = 8
    while _keys(size, 12) < entries and _keys(size, 8) < entries:
        size *= 2
    return 64 + 32 + _indices(size) + (24 if _keys(size, 12) == entries else 16) * _usable(size)


def _usable(size):
    return (size << 1) // 3


def _indices(size):
    return size * (1 if size < 256 else 2 if size < 65536 else 4)


def _keys(size, entry):
    return _KEYS_HEAD + _indices(size) + entry * _usable(size)


_EMPTY_DICT = _native_size({})
_KEYS_HEAD = _native_size({"a": 1}) - _EMPTY_DICT - _indices(8) - 8 * _usable(8)
_EMPTY_LIST, _EMPTY_SET, _EMPTY_BYTEARRAY = map(_native_size, ([], set(), bytearray()))

_SIZES = {
    bool: lambda value, native: 28,
    int: _size_of_int,
    float: lambda value, native: 24,
    complex: lambda value, native: 32,
    str: _size_of_str,
    bytes: lambda value, native: 33 + len(value),
    bytearray: lambda value, native: 56 + native - _EMPTY_BYTEARRAY,
    list: lambda value, native: 56 + 2 * (native - _EMPTY_LIST),
    tuple: lambda value, native: 48 + 8 * len(value),
    dict: _size_of_dict,
    set: lambda value, native: 216 + 2 * (native - _EMPTY_SET),
    frozenset: lambda value, native: 216 + 2 * (native - _EMPTY_SET),
    type(None): lambda value, native: 16,
}


def _length(obj):
    """Return ``len(obj)``, also of a range with more than 2**31 items."""
    return len(obj) if type(obj) is not range else max(0, -((obj.start - obj.stop) // obj.step))


def install():
    """Replace Python's functions by these. ``random`` can then sample ranges of any size."""
    random.len = _length
    for function in (hash, id):
        function.__module__ = "builtins"
        setattr(builtins, function.__name__, function)
    getsizeof.__module__ = "sys"
    sys.getsizeof = getsizeof


def seed(secret):
    """Set the secret that the hashes of texts depend on. Each run has its own."""
    global _secret
    _secret = secret
