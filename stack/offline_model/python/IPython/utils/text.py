"""The list of lines that ``name = !command`` gives."""


import os
import pathlib


class SList(list):
    """Lines, also as one text: ``l`` and ``list`` are the lines, ``n`` and ``nlstr`` the text, ``s`` and ``spstr`` with spaces."""

    @property
    def n(self):
        return "\n".join(self)

    @property
    def s(self):
        return " ".join(self)

    l = list = property(lambda self: self)  # noqa: E741
    nlstr, spstr = n, s

    @property
    def p(self):
        return [pathlib.Path(line) for line in self if os.path.exists(line)]

    paths = p

    def grep(self, pattern, prune=False):
        """The lines that a regular expression, or a function, finds; with ``prune`` the others."""
        import re

        matches = pattern if callable(pattern) else lambda line: re.search(pattern, line, re.IGNORECASE)
        return SList(line for line in self if bool(matches(line)) != prune)

    def fields(self, *numbers):
        """The words of each line, or those with these numbers, joined by spaces."""
        rows = [line.split() for line in self]
        if not numbers:
            return rows
        return SList(" ".join(row[number] for number in numbers if -len(row) <= number < len(row)) for row in rows)
