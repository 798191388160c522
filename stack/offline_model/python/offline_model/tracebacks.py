"""Writes exceptions as IPython does, in plain text: the list of strings that an error output carries."""

import ast
import inspect
import itertools
import linecache
import os
import re
import textwrap
import tokenize
import traceback
from collections import Counter

from . import ipython_frames
from .compiler import parse_quietly
from .namespace import cell_number
from .source_pieces import GAP, lines_around

WIDTH = 75  # columns of the dashes and of the header line
NUMBER_WIDTH = 7  # columns of a line number with its arrow
STATEMENTS_AROUND = 2  # shown before and after the one that failed: IPython's context of 5 lines
STATEMENTS_AROUND_EARLIER = 1  # the same for exceptions that led to another one: IPython's context of 3
SHOWN_REPEATS = 3  # a frame that occurs more often is collapsed to its first two and its last occurrence

_GENERATOR = "<genexpr>"
_GENERATOR_SCOPE = re.compile(r"<genexpr>\.(?:<locals>\.)?")

_FROZEN = re.compile(r"<frozen ([\w.]+)>")
_OWN_DIRECTORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n"


def format_traceback(error):
    """The lines of an exception and of those it came from, oldest first."""
    rendered = _custom_traceback(error)
    if rendered is not None:
        return rendered
    if isinstance(error, SyntaxError):
        return _format_syntax_error(error)
    lines = ["-" * WIDTH]
    for current, link in _chain(error):
        name = type(current).__name__
        header = "Traceback (most recent call last)"
        lines.append(name + header.rjust(max(WIDTH - len(name), len(header) + 1)))
        around = STATEMENTS_AROUND_EARLIER if link else STATEMENTS_AROUND
        lines.extend(_format_frames(current.__traceback__, around))
        lines.append(f"{name}: {message(current)}")
        lines.extend(getattr(current, "__notes__", None) or [])
        if link:
            lines.append(link)
    return lines


def message(error):
    """``str(error)``; its ``repr`` when that fails."""
    for form in (str, repr):
        try:
            return form(error)
        except Exception:
            continue
    return "Unrecoverably corrupt evalue"


def _custom_traceback(error):
    try:
        lines = error._render_traceback_()
    except Exception:
        return None
    return [str(line) for line in lines] if isinstance(lines, list) else None


def _chain(error):
    """The exceptions that led to this one, oldest first, each with the sentence that links it to the next."""
    chain, seen, link = [], set(), None
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        chain.append((error, link))
        if error.__cause__ is not None:
            error, link = error.__cause__, _CAUSE
        elif error.__context__ is not None and not error.__suppress_context__:
            error, link = error.__context__, _CONTEXT
        else:
            error = None
    return reversed(chain)


def _format_syntax_error(error):
    lines = []
    frames = _visible_frames(error.__traceback__)
    if frames:
        lines += ["Traceback (most recent call last):\n", ipython_frames.RUN_CODE]
    for frame, lineno in frames:
        code = frame.f_code
        function = "" if code.co_name == "<module>" else f" in {code.co_name}"
        recorded = ipython_frames.find(code.co_filename, lineno)
        line = recorded.line if recorded else "".join(_source(frame)[lineno - 1 : lineno]).strip()
        lines.append(f"  {_location(code.co_filename, lineno)}{function}\n    {line}\n")
    text = ""
    if error.lineno:
        filename = error.filename or "<string>"
        text = f"  {_location(filename, error.lineno)}\n"
        source = linecache.getline(filename, error.lineno) or error.text or ""
        text += f"    {source.strip()}\n"
        if error.offset is not None:
            lead = len(source) - len(source.lstrip())
            before = source[lead : error.offset - 1]
            text += "    " + "".join(char if char.isspace() else " " for char in before) + "^\n"
    return [*lines, f"{text}{type(error).__name__}: {error.msg}\n"]


def _visible_frames(tb):
    """The frames that belong to the user, with their line numbers: from the first cell on, without the machinery's."""
    frames = [(frame, lineno) for frame, lineno in traceback.walk_tb(tb) if not _is_hidden(frame.f_code.co_filename)]
    in_cell = [cell_number(frame.f_code.co_filename) is not None for frame, _ in frames]
    return frames[in_cell.index(True) :] if True in in_cell else frames


def _is_hidden(filename):
    return filename.startswith(_OWN_DIRECTORY)


def _format_frames(tb, around):
    frames = _visible_frames(tb)
    keys = [(frame.f_code, lineno) for frame, lineno in frames]
    counts = Counter(keys)
    shown = set()
    for key, count in counts.items():
        places = [index for index, other in enumerate(keys) if other == key]
        shown.update([*places[:2], places[-1]] if count > SHOWN_REPEATS else places)
    for is_shown, group in itertools.groupby(range(len(frames)), key=shown.__contains__):
        if is_shown:
            yield from (_format_frame(*frames[index], around) for index in group)
        else:
            yield _format_skipped(Counter(keys[index] for index in group))


def _format_skipped(counts):
    parts = [
        f"{code.co_name} at line {lineno}" + (f" ({count} times)" if count > 1 else "")
        for (code, lineno), count in counts.most_common()
    ]
    return f"    [... skipping similar frames: {', '.join(parts)}]\n"


def _format_frame(frame, lineno, around):
    code = frame.f_code
    if recorded := ipython_frames.find(code.co_filename, lineno):
        return f"{_location(code.co_filename, lineno)}, in {recorded.signature}\n{recorded.listing}\n"
    lines = _source(frame)
    where = _location(code.co_filename, lineno) + _function(frame)
    if not 1 <= (lineno or 0) <= len(lines):
        return f"{where}\n"
    numbers = lines_around(lines, _tree(code, lines), lineno, code.co_name, around)
    texts = {number: lines[number - 1].rstrip("\n").expandtabs(8) for number in numbers if number is not GAP}
    indents = [len(text) - len(text.lstrip()) for text in texts.values() if text.strip()]
    indent = min(indents, default=0)
    body = []
    for number in numbers:
        if number is GAP:
            body.append("   (...)\n")
        else:
            prefix = _arrow(number) if number == lineno else str(number).rjust(NUMBER_WIDTH)
            body.append(f"{prefix} {texts[number][indent:]}\n")
    return f"{where}\n{''.join(body)}"


def _source(frame):
    """The lines of a frame's file; those of a module that is frozen into the interpreter are in its archive."""
    filename = frame.f_code.co_filename
    if frozen := _FROZEN.fullmatch(filename):
        archive = linecache.__spec__.loader
        try:
            data = archive.get_data(f"{archive.archive}/{frozen.group(1).replace('.', '/')}.py")
        except (AttributeError, OSError):
            return []
        return data.decode().splitlines(keepends=True)
    return linecache.getlines(filename, frame.f_globals)


def _tree(code, lines):
    """The syntax tree of a frame's source: of a library's function only, because parsing a whole module takes 0.1 s."""
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


def _arrow(lineno):
    digits = str(lineno)
    return "-" * (NUMBER_WIDTH - len(digits) - 2) + "> " + digits


def _location(filename, lineno):
    number = cell_number(filename)
    return f"File {filename}:{lineno}" if number is None else f"Cell In [{number}], line {lineno}"


def _function(frame):
    code = frame.f_code
    if code.co_name == "<module>":
        return ""
    arguments = inspect.getargs(code)
    names = list(arguments.args)
    if arguments.varargs:
        names.append("*" + arguments.varargs)
    if arguments.varkw:
        names.append("**" + arguments.varkw)
    return f", in {_name(code)}({', '.join(names)})"


def _name(code):
    """The qualified name as IPython finds it in the source: generator expressions are no part of it."""
    if code.co_filename.startswith("<") and not _FROZEN.fullmatch(code.co_filename):
        return code.co_name
    name = _GENERATOR_SCOPE.sub("", code.co_qualname)
    return code.co_name if name.endswith(_GENERATOR) else name
