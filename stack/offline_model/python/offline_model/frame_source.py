"""Find the source that a frame runs: its lines and its syntax tree."""

import ast
import inspect
import linecache
import re
import textwrap
import tokenize

from .compiler import parse_quietly
from .namespace import cell_number

FROZEN = re.compile(r"<frozen ([\w.]+)>")  # the file name of a module that is frozen into the interpreter


def source_lines(frame):
    """Return the lines of a frame's file. Read a frozen module's lines from the archive of the standard library."""
    filename = frame.f_code.co_filename
    if frozen := FROZEN.fullmatch(filename):
        archive = linecache.__spec__.loader
        try:
            data = archive.get_data(f"{archive.archive}/{frozen.group(1).replace('.', '/')}.py")
        except (AttributeError, OSError):
            return []
        return data.decode().splitlines(keepends=True)
    return linecache.getlines(filename, frame.f_globals)


def source_tree(code, lines):
    """Return the syntax tree of a frame's source, or None if it cannot be parsed.

    For a library's frame, parse only the function: parsing a whole module takes 0.1 s.
    """
    if cell_number(code.co_filename) is None and not code.co_name.startswith("<"):
        try:
            block = inspect.getblock(lines[code.co_firstlineno - 1 :])
        except (IndentationError, SyntaxError, tokenize.TokenError):
            block = []
        tree = _parse(textwrap.dedent("".join(block)))
        if tree is not None and tree.body:
            return ast.increment_lineno(tree, code.co_firstlineno - 1)
    return _parse("".join(lines))


def _parse(source):
    try:
        return parse_quietly(source)
    except (SyntaxError, ValueError):
        return None
