"""The frames of a traceback as IPython shows them, in plain text."""

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
from .formatter_frames import stand_ins
from .namespace import cell_number
from .source_pieces import GAP, lines_around

STATEMENTS_AROUND = 2  # shown before and after the one that failed: IPython's context of 5 lines
STATEMENTS_AROUND_EARLIER = 1  # the same for exceptions that led to another one: IPython's context of 3
NUMBER_WIDTH = 7  # columns of a line number with its arrow
SHOWN_REPEATS = 3  # a frame that occurs more often is collapsed to its first two and its last occurrence

_GENERATOR = "<genexpr>"
_GENERATOR_SCOPE = re.compile(r"<genexpr>\.(?:<locals>\.)?")

_FROZEN = re.compile(r"<frozen ([\w.]+)>")
_OWN_DIRECTORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Shown:
    """A frame of a traceback: one of Python's own, or one of IPython's that stands for a function of ours."""

    def __init__(self, frame, lineno, recorded):
        self.frame = frame
        self.recorded = recorded
        self.filename, self.lineno = recorded.place if recorded else (frame.f_code.co_filename, lineno)
        self.name = recorded.co_name if recorded else frame.f_code.co_name
        self.key = (recorded or frame.f_code), self.lineno

    @property
    def line(self):
        """The line of source that it runs, without its indentation."""
        return self.recorded.line if self.recorded else "".join(_source(self.frame)[self.lineno - 1 : self.lineno]).strip()


def shown_frames(tb):
    """The frames that belong to the user: without the machinery's, and where that ran a cell, from the cell on."""
    walked = list(traceback.walk_tb(tb))
    frames = []
    for (frame, lineno), (following, _) in itertools.zip_longest(walked, walked[1:], fillvalue=(None, None)):
        code = frame.f_code
        if not is_of_machinery(code.co_filename, lineno):
            frames.append(Shown(frame, lineno, ipython_frames.find(code.co_filename, lineno)))
        else:
            names = stand_ins(code, following and following.f_code)
            frames.extend(Shown(frame, lineno, ipython_frames.named(name)) for name in names)
    in_cell = [cell_number(shown.filename) is not None for shown in frames]
    is_from_shell = bool(walked) and is_hidden(walked[0][0].f_code.co_filename)
    return frames[in_cell.index(True) :] if is_from_shell and True in in_cell and not frames[0].recorded else frames


def is_hidden(filename):
    """Whether a file is one of ours."""
    return filename.startswith(_OWN_DIRECTORY)


def is_of_machinery(filename, lineno):
    """Whether a frame runs a cell: it is one of ours, or IPython's that stands for them."""
    return is_hidden(filename) or (filename, lineno) == ipython_frames.RUN_CODE[:2]


def location(filename, lineno):
    """``Cell In[7], line 2`` for a cell's file, ``File /usr/lib/a.py:2`` for any other; without the line where it is None."""
    number = cell_number(filename)
    if number is None:
        return f"File {filename}" + ("" if lineno is None else f":{lineno}")
    return f"Cell In[{number}]" + ("" if lineno is None else f", line {lineno}")


def format_frames(tb, around, depth=0):
    """The text of each frame, with so many statements around the one that failed.

    ``depth`` is the least number of frames to tell of: those that are missing are repetitions.
    """
    frames = shown_frames(tb)
    missing = max(0, depth - len(frames))
    keys = [shown.key for shown in frames]
    counts = Counter(keys)
    highlighted = set()
    for key, count in counts.items():
        places = [index for index, other in enumerate(keys) if other == key]
        highlighted.update([*places[:2], places[-1]] if count > SHOWN_REPEATS else places)
    texts = []
    for is_shown, group in itertools.groupby(range(len(frames)), key=highlighted.__contains__):
        if is_shown:
            texts.extend((frames[index], index == len(frames) - 1) for index in group)
        else:
            counts = Counter(keys[index] for index in group)
            texts.append((_skipped({key: count + missing // len(counts) for key, count in counts.items()}), True))
    return list(_without_marked(texts, around))


def _without_marked(frames, around):
    """Leaves out the frames that have a variable ``__tracebackhide__``, but for the last."""
    left_out = 0
    for shown, is_last in frames:
        if not is_last and not shown.recorded and shown.frame.f_locals.get("__tracebackhide__"):
            left_out += 1
            continue
        if left_out:
            yield f"    [... skipping hidden {left_out} frame]\n"
            left_out = 0
        yield shown if isinstance(shown, str) else _format_frame(shown, around)


def _skipped(counts):
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][0].co_name))
    parts = [f"{_name(code)} at line {lineno} ({count} times)" for (code, lineno), count in ordered]
    return f"    [... skipping similar frames: {', '.join(parts)}]\n"


def _format_frame(shown, around):
    if shown.recorded:
        recorded = shown.recorded
        listing = recorded.listing if around == STATEMENTS_AROUND else recorded.short_listing
        return f"{location(shown.filename, shown.lineno)}, in {recorded.signature}\n{listing}\n"
    frame, lineno, code = shown.frame, shown.lineno, shown.frame.f_code
    lines = _source(frame)
    where = location(code.co_filename, lineno) + _function(frame)
    if not 1 <= (lineno or 0) <= len(lines):
        return f"{where}\n"
    numbers = lines_around(lines, _tree(code, lines), lineno, code.co_name, around)
    shown_numbers = [number for number in numbers if number is not GAP]
    text = "\n".join(lines[number - 1].rstrip("\n") for number in shown_numbers)
    texts = dict(zip(shown_numbers, textwrap.dedent(text).split("\n")))
    body = []
    for number in numbers:
        if number is GAP:
            body.append("   (...)")
        else:
            prefix = _arrow(number) if number == lineno else str(number).rjust(NUMBER_WIDTH)
            body.append(f"{prefix} {texts[number]}\n")
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


def _function(frame):
    code = frame.f_code
    if code.co_name == "<module>":
        return ""
    arguments = inspect.getargs(code)
    names = [*arguments.args, *filter(None, (arguments.varargs, arguments.varkw))]
    if not all(name in frame.f_locals for name in names):
        return f", in {_name(code)}(***failed resolving arguments***)"
    signature = [*arguments.args]
    if arguments.varargs:
        signature.append("*" + arguments.varargs)
    if arguments.varkw:
        signature.append("**" + arguments.varkw)
    return f", in {_name(code)}({', '.join(signature)})"


def _name(code):
    """The qualified name as IPython finds it in the source: generator expressions are no part of it."""
    if code.co_filename.startswith("<") and not _FROZEN.fullmatch(code.co_filename):
        return code.co_name
    name = _GENERATOR_SCOPE.sub("", code.co_qualname)
    return code.co_name if name.endswith(_GENERATOR) else name
