"""Run an earlier cell of which a conversation contains only parts.

A statement that is incomplete or fails is skipped. The names that it would have bound get the value ``...``, because
their real value is unknown.
"""

import ast
import keyword
import re

from .compiler import ends_with_semicolon, parse_quietly
from .transform import transform_cell, transform_line

# The marker of an omitted part. If it is a line by itself, the lines beside it may be cut, too.
_OMITTED = re.compile(r"\[\.\.\. [\d,]+ \w+ left out \.\.\.\]")

# The magic %%time. Its cell is run without it.
_TIME_MAGIC = re.compile(r"\A\s*%%time\b.*")

# A line at which a statement can begin: it is not indented, and does not continue the previous statement.
_STATEMENT_START = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")

_SCOPE = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")
_IMPORT = re.compile(r"\s*(?:from\s+\S+\s+)?import\s+([^#]*)")
_NAMES = r"[A-Za-z_][\w\s,*()]*?"
_TARGETS = (
    re.compile(rf"\s*({_NAMES})\s*(?::[^=]+)?(?:[-+*/%&|^@]|//|\*\*|<<|>>)?=(?!=)"),
    re.compile(rf"\s*(?:async\s+)?for\s+({_NAMES})\s+in\b"),
    re.compile(r"\s*(?:async\s+)?with\b.*\bas\s+(\w+)"),
)


def run_partial_cell(shell, code, execution_count):
    """Run the complete statements of a cell's source. Their exceptions are not shown."""
    namespace = shell.namespace
    code = _TIME_MAGIC.sub("", code)
    statements, unknown_names = _read(code)
    filename = namespace.begin_cell(execution_count, code.rstrip("\n"), transform_cell(code))
    namespace.variables.update(dict.fromkeys(unknown_names, ...))
    shown = statements[-1] if statements and not ends_with_semicolon(code) else None
    for statement in statements:
        try:
            shell.run_statement(statement, filename, is_shown=statement is shown)
        except Exception:
            namespace.variables.update(dict.fromkeys(_names_bound(statement), ...))


def _read(code):
    """Return the complete statements of a cell in order, and the names that the others would have bound."""
    source = transform_cell(code)
    try:
        return parse_quietly(source).body, []
    except (SyntaxError, ValueError):
        lines = code.split("\n")
    statements, names, start = [], [], 0
    while start < len(lines):
        try:
            return statements + _parse(lines, start, len(lines)), names
        except (SyntaxError, ValueError) as error:
            index = _first_omitted(lines, start, _error_line(error, start, len(lines) - 1))
        magic = transform_line(lines[index])
        if magic is not None:
            lines[index] = magic
            continue
        statement_start, end = _start_of_statement(lines, start, index), _end_of_statement(lines, index)
        statements += _parse(lines, start, statement_start)
        names += _names_in(lines[statement_start:end])
        start = end
    return statements, names


def _parse(lines, start, end):
    return ast.increment_lineno(parse_quietly("\n".join(lines[start:end])), start).body


def _first_omitted(lines, start, default):
    """Return the index of the first line with the marker of an omitted part, or the default if there is none."""
    return next((index for index in range(start, len(lines)) if _OMITTED.search(lines[index])), default)


def _error_line(error, start, last):
    return min(start + max((getattr(error, "lineno", None) or 1) - 1, 0), last)


def _start_of_statement(lines, start, index):
    """Return the first line of the statement that is broken at a line. The statements before it can be parsed."""
    limit = index - 1 if _is_omitted(lines[index]) else index
    while True:
        start_line = next((line for line in range(limit, start, -1) if _STATEMENT_START.match(lines[line])), start)
        try:
            _parse(lines, start, start_line)
            return start_line
        except (SyntaxError, ValueError) as error:
            # The statement begins earlier: the error is at its open bracket or string.
            limit = min(start_line - 1, _error_line(error, start, start_line))


def _end_of_statement(lines, index):
    """Return the line at which the next statement can begin, after the one that is broken at a line."""
    end = index + (2 if _is_omitted(lines[index]) else 1)
    while end < len(lines) and not _STATEMENT_START.match(lines[end]):
        end += 1
    return end


def _is_omitted(line):
    return _OMITTED.fullmatch(line.strip()) is not None


def _names_bound(statement):
    """Return the names that a statement binds in its own scope."""
    names, nodes = [], [statement]
    while nodes:
        match node := nodes.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.append(name)
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                pass
            case ast.alias(name=name, asname=other):
                names.append(other or name.partition(".")[0])
            case ast.Name(id=name, ctx=ast.Store()) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names.append(name)
                nodes.extend(ast.iter_child_nodes(node))
            case _:
                nodes.extend(ast.iter_child_nodes(node))
    return [name for name in names if name != "*"]


def _names_in(lines):
    """Return the names that lines which cannot be parsed would bind, except the local names of functions and classes.

    The names are found with regular expressions, so some may be missing.
    """
    names, is_block = [], False
    for line in lines:
        if not line[:1].isspace():
            scope = _SCOPE.match(line)
            names += scope.groups() if scope else []
            is_block = line.rstrip().endswith(":") and scope is None
            if scope:
                continue
        elif not is_block:
            continue
        if imported := _IMPORT.match(line):
            parts = imported.group(1).strip("() \\").split(",")
            names += [part.split()[-1].partition(".")[0] for part in parts if part.split()]
            continue
        for targets in filter(None, (pattern.match(line) for pattern in _TARGETS)):
            names += re.findall(r"[^\W\d]\w*", targets.group(1))
    return [name for name in names if name.isidentifier() and not keyword.iskeyword(name)]
