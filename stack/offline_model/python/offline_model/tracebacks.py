"""Format exceptions as IPython does, in plain text: the list of strings in an error output."""

import re
import sys

from .exception_groups import format_group, involves_group
from .syntax_errors import format_syntax_error
from .frame_text import STATEMENTS_AROUND, STATEMENTS_AROUND_EARLIER, format_frames

WIDTH = 75  # columns of the dashes and of the header line

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n"

# Python's message when its C stack is full. In a kernel, the C stack is larger, and the recursion limit comes first.
_STACK_FULL = re.compile(r"Stack overflow \(used \d+ kB\)")
_TOO_DEEP = "maximum recursion depth exceeded"
_BELOW_CELL = 21  # frames below a cell in ipykernel


def format_traceback(error):
    """Return the lines of an exception and of the exceptions that led to it, oldest first."""
    if isinstance(error, SyntaxError):
        return format_syntax_error(error)
    if involves_group(error):
        return format_group(error)
    rendered = _custom_traceback(error)
    if rendered is not None:
        return rendered
    lines = ["-" * WIDTH]
    for current, link in _chain(error):
        name = type(current).__name__
        header = "Traceback (most recent call last)"
        lines.append(name + header.rjust(WIDTH - len(name)))
        around = STATEMENTS_AROUND_EARLIER if link else STATEMENTS_AROUND
        lines.extend(format_frames(current.__traceback__, around, _least_depth(current)))
        lines.append(f"{name}: {message(current)}")
        lines.extend(getattr(current, "__notes__", None) or [])
        if link:
            lines.append(link)
    return lines


def message(error):
    """Return ``str(error)``, or its ``repr`` if that fails."""
    for form in (str, repr):
        try:
            text = form(error)
        except Exception:
            continue
        return _STACK_FULL.sub(_TOO_DEEP, text) if isinstance(error, RecursionError) else text
    return "Unrecoverably corrupt evalue"


def _least_depth(error):
    """Return the least number of frames that ipykernel would have at the recursion limit.

    Return 0 if the error is not a RecursionError because of a full C stack.
    """
    is_cut = isinstance(error, RecursionError) and _STACK_FULL.search(str(error))
    return sys.getrecursionlimit() - _BELOW_CELL if is_cut else 0


def _custom_traceback(error):
    try:
        lines = error._render_traceback_()
    except Exception:
        return None
    return [str(line) for line in lines] if isinstance(lines, list) else None


def _chain(error):
    """Return the chain of an error, oldest first: each exception with the sentence that links it to the next one."""
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
