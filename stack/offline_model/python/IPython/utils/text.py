"""Define the list of lines that ``name = !command`` returns."""


import os
import pathlib


class SList(list):
    """A list of lines.

    ``l`` and ``list`` are the lines, ``n`` and ``nlstr`` the lines joined by newlines, ``s`` and ``spstr`` the lines joined
    by spaces, ``p`` and ``paths`` the lines that name existing files.
    """

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
        """Return the lines that match a regular expression or a function, or with ``prune`` the other lines."""
        import re

        matches = pattern if callable(pattern) else lambda line: re.search(pattern, line, re.IGNORECASE)
        return SList(line for line in self if bool(matches(line)) != prune)

    def fields(self, *numbers):
        """Return the words of each line as a list, or the words at the given positions joined by spaces."""
        rows = [line.split() for line in self]
        if not numbers:
            return rows
        return SList(" ".join(row[number] for number in numbers if -len(row) <= number < len(row)) for row in rows)
