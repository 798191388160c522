"""Lay out text with optional line breaks as IPython does: a line that is too long breaks its outermost group first."""

from collections import deque


class _Group:
    """A part of the document whose breaks are either all separators or all newlines."""

    __slots__ = ("depth", "indent", "broken", "pending")

    def __init__(self, depth, indent):
        self.depth = depth
        self.indent = indent
        self.broken = False
        self.pending = 0  # number of this group's undecided breaks in the current line


class _Break:
    """An undecided break. It becomes a newline if its group is broken, else a separator."""

    __slots__ = ("separator", "group", "indentation")

    def __init__(self, separator, group, indentation):
        self.separator = separator
        self.group = group
        self.indentation = indentation


class Layout:
    """Writes texts, breaks and groups within a width. Each break is decided as late as possible."""

    def __init__(self, width):
        self.width = width
        self.indentation = 0
        self._written = []
        self._column = 0
        self._line = deque()  # texts and undecided breaks after the last decided one
        self._line_width = 0
        outermost = _Group(0, 0)
        self._open = [outermost]
        self._undecided = [[outermost]]  # for each depth, the groups that may still be broken

    def text(self, text):
        if self._line:
            self._line.append(text)
            self._line_width += len(text)
            self._make_room()
        else:
            self._write(text)

    def breakable(self, separator=" "):
        group = self._open[-1]
        if group.broken:
            self._flush()
            self._write_newline(self.indentation)
        else:
            self._line.append(_Break(separator, group, self.indentation))
            group.pending += 1
            self._line_width += len(separator)
            self._make_room()

    def newline(self):
        """Write a newline unconditionally. It breaks the outermost undecided group of the line."""
        group = self._outermost_undecided()
        if group:
            self._break(group)
        self._flush()
        self._write_newline(self.indentation)

    def open(self, indent=0):
        group = _Group(self._open[-1].depth + 1, indent)
        self._open.append(group)
        if group.depth == len(self._undecided):
            self._undecided.append([])
        self._undecided[group.depth].append(group)
        self.indentation += indent

    def close(self):
        group = self._open.pop()
        self.indentation -= group.indent
        if not group.pending:
            self._decide(group)

    def render(self):
        """Return the document as text."""
        self._flush()
        return "".join(self._written)

    def _make_room(self):
        while self._column + self._line_width > self.width:
            group = self._outermost_undecided()
            if group is None:
                return
            self._break(group)

    def _outermost_undecided(self):
        for groups in self._undecided:
            for index, group in enumerate(reversed(groups)):
                if group.pending:
                    del groups[index]  # IPython deletes the mirrored index, and the line breaks depend on it
                    return group
            for group in groups:  # open groups around the overflow: their later breaks must be newlines
                group.broken = True
            groups.clear()
        return None

    def _break(self, group):
        group.broken = True
        while group.pending:
            self._write_next()
        while self._line and isinstance(self._line[0], str):
            self._write_next()

    def _flush(self):
        while self._line:
            self._write_next()

    def _write_next(self):
        item = self._line.popleft()
        if isinstance(item, str):
            self._line_width -= len(item)
            self._write(item)
            return
        self._line_width -= len(item.separator)
        item.group.pending -= 1
        if item.group.broken:
            self._write_newline(item.indentation)
        else:
            self._write(item.separator)
            if not item.group.pending:
                self._decide(item.group)

    def _decide(self, group):
        groups = self._undecided[group.depth]
        if group in groups:
            groups.remove(group)

    def _write(self, text):
        self._written.append(text)
        self._column += len(text)

    def _write_newline(self, indentation):
        self._written.append("\n" + " " * indentation)
        self._column = indentation
