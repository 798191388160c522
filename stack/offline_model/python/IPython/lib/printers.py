"""Print values of the built-in types: functions ``print(obj, p, cycle)`` that append a value to a document."""

import inspect
import re
import types
from collections import Counter, OrderedDict, UserList, defaultdict, deque


def mro(cls):
    """Return the method resolution order of a class, or that of its metaclass if the class hides its own."""
    try:
        return cls.__mro__
    except AttributeError:
        return type(cls).__mro__


def _repr(obj):
    from offline_model.word_size import with_64_bit_addresses

    return with_64_bit_addresses(repr(obj))


def print_repr(obj, p, cycle):
    """Append a value's ``repr``."""
    lines = _repr(obj).splitlines()
    with p.group():
        for index, line in enumerate(lines):
            if index:
                p.break_()
            p.text(line)


def print_default(obj, p, cycle):
    """Append the class and the address of a value whose class does not define ``__repr__``."""
    cls = getattr(obj, "__class__", None) or type(obj)
    if cls.__repr__ is not object.__repr__:
        print_repr(obj, p, cycle)
    else:
        p.text(f"<{_qualified_name(cls)} at 0x{id(obj):x}>")


def _qualified_name(cls):
    module = getattr(cls, "__module__", None)
    name = getattr(cls, "__qualname__", None) or cls.__name__
    return name if module in (None, "builtins", "exceptions") else f"{module}.{name}"


def _overrides_repr(obj, base):
    return type(obj) is not base and type(obj).__repr__ is not base.__repr__


def _sequence_printer(start, end, base):
    def print_sequence(obj, p, cycle):
        if _overrides_repr(obj, base):
            return p.text(type(obj).__repr__(obj))
        if cycle:
            return p.text(f"{start}...{end}")
        with p.group(len(start), start, end):
            for item in p.items(obj):
                p.pretty(item)
            if base is tuple and len(obj) == 1:
                p.text(",")

    return print_sequence


def _set_printer(start, end, base):
    def print_set(obj, p, cycle):
        if _overrides_repr(obj, base):
            return p.text(type(obj).__repr__(obj))
        if cycle:
            return p.text(f"{start}...{end}")
        if not obj:
            return p.text(f"{type(obj).__name__}()")
        with p.group(len(start), start, end):
            for item in p.items(obj if len(obj) > p.max_seq_length > 0 else _sorted(obj)):
                p.pretty(item)

    return print_set


def _sorted(items):
    for key in (None, str):
        try:
            return sorted(items, key=key)
        except Exception:
            continue
    return list(items)


def _print_dict(obj, p, cycle):
    if _overrides_repr(obj, dict):
        return p.text(type(obj).__repr__(obj))
    if cycle:
        return p.text("{...}")
    with p.group(1, "{", "}"):
        for key in p.items(obj.keys()):
            p.pretty(key)
            p.text(": ")
            p.pretty(obj[key])


def _call_printer(arguments, title=lambda obj: type(obj).__name__):
    """Return a printer for the form ``title(value, keyword=value)``.

    ``arguments(obj)`` returns the positional values and a dictionary of the keyword arguments.
    """

    def print_call(obj, p, cycle):
        name = title(obj)
        if cycle:
            return p.text(f"{name}(...)")
        positional, keywords = arguments(obj)
        entries = [("", value) for value in positional] + [(f"{key}=", value) for key, value in keywords.items()]
        with p.group(), p.group(len(name) + 1, f"{name}(", ")"):
            for index, (prefix, value) in enumerate(entries):
                if index:
                    p.text(",")
                    p.breakable()
                with p.group(len(prefix), prefix):
                    p.pretty(value)

    return print_call


def _print_type(obj, p, cycle):
    if any(base is not type and "__repr__" in base.__dict__ for base in mro(type(obj))[:-1]):
        return print_repr(obj, p, cycle)
    p.text(_qualified_name(obj))


def _print_function(obj, p, cycle):
    name = getattr(obj, "__qualname__", None) or obj.__name__
    module = obj.__module__
    if module and module not in ("__builtin__", "builtins", "exceptions"):
        name = f"{module}.{name}"
    try:
        name += str(inspect.signature(obj))
    except (AttributeError, TypeError, ValueError):
        pass
    p.text(f"<function {name}>")


def _print_pattern(obj, p, cycle):
    pattern = repr(obj.pattern)
    with p.group(), p.group(len("re.compile("), "re.compile(", ")"):
        p.text(("r" + pattern).replace("\\\\", "\\"))
        names = [flag.name for flag in re.RegexFlag if obj.flags & flag.value and flag.name != "NOFLAG"]
        if names:
            p.text(",")
            p.breakable()
            p.text("|".join(f"re.{name}" for name in names))


def _print_super(obj, p, cycle):
    with p.group(8, "<super: ", ">"):
        p.pretty(obj.__thisclass__)
        p.text(",")
        p.breakable()
        p.pretty(obj.__self__)


PRINTERS = {
    int: print_repr,
    float: print_repr,
    str: print_repr,
    tuple: _sequence_printer("(", ")", tuple),
    list: _sequence_printer("[", "]", list),
    dict: _print_dict,
    set: _set_printer("{", "}", set),
    frozenset: _set_printer("frozenset({", "})", frozenset),
    super: _print_super,
    re.Pattern: _print_pattern,
    type: _print_type,
    types.FunctionType: _print_function,
    types.BuiltinFunctionType: _print_function,
    types.MethodType: print_repr,
    BaseException: _call_printer(lambda obj: (obj.args, {}), lambda obj: _qualified_name(type(obj))),
    defaultdict: _call_printer(lambda obj: ([obj.default_factory, dict(obj)], {})),
    OrderedDict: _call_printer(lambda obj: ([list(obj.items())] if obj else [], {})),
    deque: _call_printer(lambda obj: ([list(obj)], {} if obj.maxlen is None else {"maxlen": obj.maxlen})),
    Counter: _call_printer(lambda obj: ([dict(obj.most_common())] if obj else [], {})),
    UserList: _call_printer(lambda obj: ([obj.data], {})),
    types.MappingProxyType: _call_printer(lambda obj: ([dict(obj)], {})),
    types.SimpleNamespace: _call_printer(lambda obj: ([], obj.__dict__), lambda obj: "namespace"),
}  # maps a type to its printer
