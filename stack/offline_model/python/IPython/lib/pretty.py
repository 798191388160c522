"""IPython's rules for showing a value as text: one line of up to 79 columns, else one element a line."""

import contextlib
import inspect
import re
import sys
import types
from collections import Counter, OrderedDict, UserList, defaultdict, deque

from .layout import Layout

MAX_WIDTH = 79  # IPython's PlainTextFormatter.max_width
MAX_ITEMS = 1000  # IPython's PlainTextFormatter.max_seq_length


class RepresentationPrinter:
    """What a ``_repr_pretty_(self, p, cycle)`` method is given as ``p``."""

    def __init__(self, max_width=MAX_WIDTH, max_seq_length=MAX_ITEMS):
        self.max_width = max_width
        self.max_seq_length = max_seq_length
        self.stack = []
        self._layout = Layout(max_width)

    @property
    def indentation(self):
        return self._layout.indentation

    def text(self, obj):
        self._layout.text(obj)

    def breakable(self, sep=" "):
        self._layout.breakable(sep)

    def break_(self):
        self._layout.newline()

    def begin_group(self, indent=0, open=""):
        self._layout.text(open)
        self._layout.open(indent)

    def end_group(self, dedent=0, close=""):
        self._layout.close()
        self._layout.text(close)

    @contextlib.contextmanager
    def group(self, indent=0, open="", close=""):
        self.begin_group(indent, open)
        try:
            yield
        finally:
            self.end_group(indent, close)

    @contextlib.contextmanager
    def indent(self, indent):
        with self.group(indent):
            yield

    def getvalue(self):
        return self._layout.render()

    def pretty(self, obj):
        """Adds a value to the document."""
        cycle = id(obj) in self.stack
        self.stack.append(id(obj))
        self._layout.open()
        try:
            _printer_for(obj)(obj, self, cycle)
        finally:
            self._layout.close()
            self.stack.pop()

    def items(self, iterable):
        """Goes through a container's items with commas between them; stops with ``...`` after ``max_seq_length``."""
        for index, item in enumerate(iterable):
            if index:
                self.text(",")
                self.breakable()
            if self.max_seq_length and index >= self.max_seq_length:
                self.text("...")
                return
            yield item


def pretty(obj, verbose=False, max_width=MAX_WIDTH, newline="\n", max_seq_length=MAX_ITEMS):
    """A value as the text that IPython shows after ``Out[n]:``."""
    printer = RepresentationPrinter(max_width, max_seq_length)
    printer.pretty(obj)
    return printer.getvalue()


def pprint(obj, verbose=False, max_width=MAX_WIDTH, newline="\n", max_seq_length=MAX_ITEMS):
    """Writes a value's text and a newline to standard output."""
    sys.stdout.write(pretty(obj, max_width=max_width, max_seq_length=max_seq_length) + "\n")


def for_type(typ, func):
    """Sets the printer ``func(obj, p, cycle)`` of a type; returns the one it replaces."""
    previous = _PRINTERS.get(typ)
    if func is not None:
        _PRINTERS[typ] = func
    return previous


def _printer_for(obj):
    cls = getattr(obj, "__class__", None) or type(obj)
    if not isinstance(cls, type):
        cls = type(obj)
    for base in _mro(cls):
        if base in _PRINTERS:
            return _PRINTERS[base]
        attributes = base.__dict__
        if "_repr_pretty_" in attributes and callable(method := base._repr_pretty_):
            return method
        if base is not object and callable(attributes.get("__repr__")):
            return _print_repr
    return _print_default


def _mro(cls):
    try:
        return cls.__mro__
    except AttributeError:
        return type(cls).__mro__


def _repr(obj):
    from offline_model.word_size import with_whole_addresses

    return with_whole_addresses(repr(obj))


def _print_repr(obj, p, cycle):
    lines = _repr(obj).splitlines()
    with p.group():
        for index, line in enumerate(lines):
            if index:
                p.break_()
            p.text(line)


def _print_default(obj, p, cycle):
    cls = getattr(obj, "__class__", None) or type(obj)
    if cls.__repr__ is not object.__repr__:
        _print_repr(obj, p, cycle)
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
    """A printer of the form ``title(value, keyword=value)``; ``arguments(obj)`` gives the values and the keywords."""

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
    if any(base is not type and "__repr__" in base.__dict__ for base in _mro(type(obj))[:-1]):
        return _print_repr(obj, p, cycle)
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


_PRINTERS = {
    int: _print_repr,
    float: _print_repr,
    str: _print_repr,
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
    types.MethodType: _print_repr,
    BaseException: _call_printer(lambda obj: (obj.args, {}), lambda obj: _qualified_name(type(obj))),
    defaultdict: _call_printer(lambda obj: ([obj.default_factory, dict(obj)], {})),
    OrderedDict: _call_printer(lambda obj: ([list(obj.items())] if obj else [], {})),
    deque: _call_printer(lambda obj: ([list(obj)], {} if obj.maxlen is None else {"maxlen": obj.maxlen})),
    Counter: _call_printer(lambda obj: ([dict(obj.most_common())] if obj else [], {})),
    UserList: _call_printer(lambda obj: ([obj.data], {})),
    types.MappingProxyType: _call_printer(lambda obj: ([dict(obj)], {})),
    types.SimpleNamespace: _call_printer(lambda obj: ([], obj.__dict__), lambda obj: "namespace"),
}
