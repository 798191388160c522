"""Format a traceback's frames: IPython's header and source lines for each, and a line for repeated frames."""

import inspect
import itertools
import re
import textwrap
from collections import Counter

from .frame_source import FROZEN, source_lines, source_tree
from .source_pieces import GAP, lines_around
from .traceback_frames import location, shown_frames

STATEMENTS_AROUND = 2  # statements shown before and after the failing one: IPython's context of 5 lines
STATEMENTS_AROUND_EARLIER = 1  # the same number for exceptions that led to another one: IPython's context of 3 lines
NUMBER_WIDTH = 7  # columns of a line number with its arrow
SHOWN_REPEATS = 3  # if a frame occurs more often, only its first two and its last occurrence are shown

_GENERATOR = "<genexpr>"
_GENERATOR_SCOPE = re.compile(r"<genexpr>\.(?:<locals>\.)?")


def format_frames(tb, around, depth=0):
    """Return the text of each frame.

    :param around: the number of statements to show before and after the failing one
    :param depth: the least number of frames: missing frames are counted as repetitions of the repeated ones
    """
    frames = shown_frames(tb)
    missing = max(0, depth - len(frames))
    keys = [shown.key for shown in frames]
    counts = Counter(keys)
    highlighted = set()
    for key, count in counts.items():
        indices = [index for index, other in enumerate(keys) if other == key]
        highlighted.update([*indices[:2], indices[-1]] if count > SHOWN_REPEATS else indices)
    texts = []
    for is_shown, group in itertools.groupby(range(len(frames)), key=highlighted.__contains__):
        if is_shown:
            texts.extend((frames[index], index == len(frames) - 1) for index in group)
        else:
            counts = Counter(keys[index] for index in group)
            texts.append((_skipped_text({key: count + missing // len(counts) for key, count in counts.items()}), True))
    return list(_without_hidden(texts, around))


def _without_hidden(frames, around):
    """Yield the texts without the frames that have a true variable ``__tracebackhide__``, except the last frame."""
    hidden = 0
    for shown, is_last in frames:
        if not is_last and not shown.recorded and shown.frame.f_locals.get("__tracebackhide__"):
            hidden += 1
            continue
        if hidden:
            yield f"    [... skipping hidden {hidden} frame]\n"
            hidden = 0
        yield shown if isinstance(shown, str) else _format_frame(shown, around)


def _skipped_text(counts):
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
    header = location(code.co_filename, lineno) + _signature(frame)
    if not 1 <= (lineno or 0) <= len(lines):
        return f"{header}\n"
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
    return f"{header}\n{''.join(body)}"


def _arrow(lineno):
    digits = str(lineno)
    return "-" * (NUMBER_WIDTH - len(digits) - 2) + "> " + digits


def _signature(frame):
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
    """Return the qualified name as IPython finds it in the source: without generator expressions."""
    if code.co_filename.startswith("<") and not FROZEN.fullmatch(code.co_filename):
        return code.co_name
    name = _GENERATOR_SCOPE.sub("", code.co_qualname)
    return code.co_name if name.endswith(_GENERATOR) else name
