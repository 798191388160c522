"""Transform a notebook's cell with magics, ``!command`` and ``name?`` into Python."""

import io
import re
import textwrap
import tokenize

from .compiler import parse_quietly

_CELL_MAGIC = re.compile(r"%%(\w+|!)[ \t]*([^\n]*)\n?")
_ASSIGNMENT = re.compile(r"(\s*)([^=%!?]+?)\s*=\s*([%!])\s*(.+)$")
_LINE_MAGIC = re.compile(r"(\s*)%(\w+)\s*(.*)$")
_COMMAND = re.compile(r"(\s*)(!!?)(.*)$")
_HELP = re.compile(r"(\s*)(?:(\?\??)([\w.%*]+)|([\w.%*\[\]'\"]+?)(\?\??))\s*;?\s*$")
_AUTOMAGIC = re.compile(r"([^\W\d]\w*)(?:[ \t]+(?![=!]?=)(.*))?\n?\Z")
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?)", re.MULTILINE)


def transform_cell(cell, is_automagic=lambda name: False):
    """Return the cell's Python source with a newline at its end. Lines that are not magics stay unchanged.

    Raise IndentationError or TabError, in the file ``<string>``.

    :param is_automagic: returns whether a line magic of this name can be called without ``%`` in a cell of one line
    """
    cell = textwrap.dedent(re.sub(r"\A(?:[ \t]*\n)+", "", cell))
    if not cell.endswith("\n"):
        cell += "\n"
    if magic := _CELL_MAGIC.match(cell):
        name, line = magic.group(1), magic.group(2).rstrip()
        return f"get_ipython().run_cell_magic({name!r}, {line!r}, {cell[magic.end() :]!r})\n"
    if (bare := _AUTOMAGIC.match(cell)) and is_automagic(bare.group(1)):
        cell = f"%{cell}"
    if cell.startswith(">>> "):
        cell = _PROMPT.sub("", cell)
    source = _transform_lines(cell)
    _check_indentation(source)
    return source


def _check_indentation(source):
    """Raise the tokenizer's IndentationError or TabError, because IPython tokenizes a cell before it parses it."""
    try:
        for _ in tokenize.generate_tokens(io.StringIO(source).readline):
            pass
    except tokenize.TokenError:
        pass


def _transform_lines(source):
    """Transform the lines at which parsing fails, one after the other, until the next one is not a magic."""
    lines = source.splitlines(keepends=True)
    for _ in lines:
        try:
            parse_quietly("".join(lines))
        except SyntaxError as error:
            index = (error.lineno or 0) - 1
            if not 0 <= index < len(lines):
                break
            replacement = transform_line(lines[index].rstrip("\n"))
            if replacement is None:
                break
            lines[index] = replacement + "\n"
        except ValueError:
            break
        else:
            break
    return "".join(lines)


def transform_line(line):
    """Return the Python source for a line with a magic, or None for other lines."""
    if match := _HELP.match(line):
        indent, before, name_after, name_before, after = match.groups()
        magic = "pinfo" if (before or after) == "?" else "pinfo2"
        return f"{indent}get_ipython().run_line_magic({magic!r}, {(name_after or name_before)!r})"
    if match := _LINE_MAGIC.match(line):
        indent, name, rest = match.groups()
        return f"{indent}get_ipython().run_line_magic({name!r}, {rest.rstrip()!r})"
    if match := _COMMAND.match(line):
        indent, mark, command = match.groups()
        return f"{indent}get_ipython().{'system' if mark == '!' else 'getoutput'}({command.strip()!r})"
    if match := _ASSIGNMENT.match(line):
        indent, target, kind, rest = match.groups()
        if kind == "!":
            return f"{indent}{target} = get_ipython().getoutput({rest.strip()!r})"
        name, _, rest = rest.partition(" ")
        return f"{indent}{target} = get_ipython().run_line_magic({name!r}, {rest.strip()!r})"
    return None
