"""Runs what a conversation tells of an earlier cell, as far as it can be run: parts of it may be left out.

A statement that cannot be run is passed over, and the names that it would have bound are known all the same. Their
value is ``...``, as nothing tells it.
"""

import ast
import keyword
import re

from .compiler import ends_with_semicolon, parse_quietly
from .transform import transform_cell, transform_line

# What stands where a part was left out. Where it is a whole line, the lines next to it have been cut, too.
_LEFT_OUT = re.compile(r"\[\.\.\. [\d,]+ \w+ left out \.\.\.\]")

# The magic that measures: its cell is run without it.
_TIME_MAGIC = re.compile(r"\A\s*%%time\b.*")

# A line at which a statement can begin: not indented, and none that goes on with the one before.
_BEGINNING = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")

_SCOPE = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")
_IMPORT = re.compile(r"\s*(?:from\s+\S+\s+)?import\s+([^#]*)")
_NAMES = r"[A-Za-z_][\w\s,*()]*?"
_TARGETS = (
    re.compile(rf"\s*({_NAMES})\s*(?::[^=]+)?(?:[-+*/%&|^@]|//|\*\*|<<|>>)?=(?!=)"),
    re.compile(rf"\s*(?:async\s+)?for\s+({_NAMES})\s+in\b"),
    re.compile(r"\s*(?:async\s+)?with\b.*\bas\s+(\w+)"),
)


def run_told_cell(shell, code, execution_count):
    """Runs what can be run of a cell's source. What it raises is not shown."""
    namespace = shell.namespace
    code = _TIME_MAGIC.sub("", code)
    statements, broken = _read(code)
    filename = namespace.begin(execution_count, code.rstrip("\n"), transform_cell(code))
    namespace.variables.update(dict.fromkeys(broken, ...))
    shown = statements[-1] if statements and not ends_with_semicolon(code) else None
    for statement in statements:
        try:
            shell.run_statement(statement, filename, is_shown=statement is shown)
        except Exception:
            namespace.variables.update(dict.fromkeys(_names_bound(statement), ...))


def _read(code):
    """The statements of a cell that can be run, in their order, and the names that the others would have bound."""
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
            index = _left_out(lines, start, _error_line(error, start, len(lines) - 1))
        magic = transform_line(lines[index])
        if magic is not None:
            lines[index] = magic
            continue
        whole, end = _begin_of(lines, start, index), _end_of(lines, index)
        statements += _parse(lines, start, whole)
        names += _names_in(lines[whole:end])
        start = end
    return statements, names


def _parse(lines, start, end):
    return ast.increment_lineno(parse_quietly("\n".join(lines[start:end])), start).body


def _left_out(lines, start, default):
    """The first line that says that something was left out."""
    return next((index for index in range(start, len(lines)) if _LEFT_OUT.search(lines[index])), default)


def _error_line(error, start, last):
    return min(start + max((getattr(error, "lineno", None) or 1) - 1, 0), last)


def _begin_of(lines, start, index):
    """Where the statement begins that is broken at a line, so that those before it can be run."""
    limit = index - 1 if _is_left_out(lines[index]) else index
    while True:
        begin = next((line for line in range(limit, start, -1) if _BEGINNING.match(lines[line])), start)
        try:
            _parse(lines, start, begin)
            return begin
        except (SyntaxError, ValueError) as error:  # it began before: an open bracket or string is where the error is
            limit = min(begin - 1, _error_line(error, start, begin))


def _end_of(lines, index):
    """Where the next statement can begin, after one that is broken at a line."""
    end = index + (2 if _is_left_out(lines[index]) else 1)
    while end < len(lines) and not _BEGINNING.match(lines[end]):
        end += 1
    return end


def _is_left_out(line):
    return _LEFT_OUT.fullmatch(line.strip()) is not None


def _names_bound(statement):
    """The names that a statement binds where it stands."""
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
    """The names that lines which do not parse would bind, as far as one can see; not those of functions and classes."""
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
