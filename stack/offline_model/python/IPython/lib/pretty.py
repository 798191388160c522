"""Format a value as text by IPython's rules: on one line of up to 79 columns, else with one element per line."""

import contextlib
import sys

from .layout import Layout
from .printers import PRINTERS, mro, print_default, print_repr

MAX_WIDTH = 79  # IPython's PlainTextFormatter.max_width
MAX_ITEMS = 1000  # IPython's PlainTextFormatter.max_seq_length


class RepresentationPrinter:
    """The printer that a ``_repr_pretty_(self, p, cycle)`` method receives as ``p``."""

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
        """Append a value to the document."""
        cycle = id(obj) in self.stack
        self.stack.append(id(obj))
        self._layout.open()
        try:
            _printer_for(obj)(obj, self, cycle)
        finally:
            self._layout.close()
            self.stack.pop()

    def items(self, iterable):
        """Yield a container's items and write commas between them. Write ``...`` and stop after ``max_seq_length`` items."""
        for index, item in enumerate(iterable):
            if index:
                self.text(",")
                self.breakable()
            if self.max_seq_length and index >= self.max_seq_length:
                self.text("...")
                return
            yield item


def pretty(obj, verbose=False, max_width=MAX_WIDTH, newline="\n", max_seq_length=MAX_ITEMS):
    """Return the text that IPython shows for a value after ``Out[n]:``."""
    printer = RepresentationPrinter(max_width, max_seq_length)
    printer.pretty(obj)
    return printer.getvalue()


def pprint(obj, verbose=False, max_width=MAX_WIDTH, newline="\n", max_seq_length=MAX_ITEMS):
    """Write a value's text and a newline to standard output."""
    sys.stdout.write(pretty(obj, max_width=max_width, max_seq_length=max_seq_length) + "\n")


def for_type(typ, func):
    """Register the printer ``func(obj, p, cycle)`` of a type, and return the printer that it replaces, or None."""
    previous = PRINTERS.get(typ)
    if func is not None:
        PRINTERS[typ] = func
    return previous


def _printer_for(obj):
    cls = getattr(obj, "__class__", None) or type(obj)
    if not isinstance(cls, type):
        cls = type(obj)
    for base in mro(cls):
        if base in PRINTERS:
            return PRINTERS[base]
        attributes = base.__dict__
        if "_repr_pretty_" in attributes and callable(method := base._repr_pretty_):
            return method
        if base is not object and callable(attributes.get("__repr__")):
            return print_repr
    return print_default
