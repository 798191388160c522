"""The text of a traceback's frames: IPython's head and lines of source for each, and a note for those that repeat."""

import inspect
import itertools
import re
import textwrap
from collections import Counter

from .frame_source import FROZEN, source_lines, source_tree
from .source_pieces import GAP, lines_around
from .traceback_frames import location, shown_frames

STATEMENTS_AROUND = 2  # shown before and after the one that failed: IPython's context of 5 lines
STATEMENTS_AROUND_EARLIER = 1  # the same for exceptions that led to another one: IPython's context of 3
NUMBER_WIDTH = 7  # columns of a line number with its arrow
SHOWN_REPEATS = 3  # a frame that occurs more often is collapsed to its first two and its last occurrence

_GENERATOR = "<genexpr>"
_GENERATOR_SCOPE = re.compile(r"<genexpr>\.(?:<locals>\.)?")


def format_frames(tb, around, depth=0):
    """The text of each frame, with so many statements around the one that failed.

    ``depth`` is the least number of frames to show: those that are missing are repetitions.
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
    """Leaves out the frames that have a variable ``__tracebackhide__``, except the last."""
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
    lines = source_lines(frame)
    where = location(code.co_filename, lineno) + _function(frame)
    if not 1 <= (lineno or 0) <= len(lines):
        return f"{where}\n"
    numbers = lines_around(lines, source_tree(code, lines), lineno, code.co_name, around)
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
    """The qualified name as IPython finds it in the source: it does not contain generator expressions."""
    if code.co_filename.startswith("<") and not FROZEN.fullmatch(code.co_filename):
        return code.co_name
    name = _GENERATOR_SCOPE.sub("", code.co_qualname)
    return code.co_name if name.endswith(_GENERATOR) else name
