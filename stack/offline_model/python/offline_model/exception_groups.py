"""Writes exceptions that are, or come from, a group of exceptions: in Python's own form, as IPython does."""

import inspect
import itertools
import traceback

from . import ipython_frames
from .namespace import cell_number
from .traceback_frames import is_of_machinery


def is_of_group(error):
    """Whether an exception, or one that it came from, is a group."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, BaseExceptionGroup):
            return True
        seen.add(id(error))
        error = error.__context__
    return False


def format_group(error):
    """The lines of Python's own text of an exception, beginning with the frame of IPython that ran the cell."""
    described = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _clean(described, set())
    runner = ipython_frames.AWAIT_CODE if _awaits(error) else ipython_frames.RUN_CODE
    described.stack[:] = [_summary(*runner), *_from_cell(described.stack)]
    return "".join(described.format()).removesuffix("\n").split("\n")


def _awaits(error):
    """Whether the cell that raised an exception awaits something."""
    codes = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    cell = next((code for code in codes if cell_number(code.co_filename) is not None), None)
    return cell is not None and bool(cell.co_flags & inspect.CO_COROUTINE)


def _from_cell(frames):
    return itertools.dropwhile(lambda frame: cell_number(frame.filename) is None, frames)


def _clean(described, seen):
    """Removes the machinery's frames from all exceptions of a description."""
    if described is None or id(described) in seen:
        return
    seen.add(id(described))
    described.stack[:] = [_as_recorded(frame) for frame in described.stack if not is_of_machinery(frame.filename, frame.lineno)]
    for other in (described.__cause__, described.__context__, *(described.exceptions or ())):
        _clean(other, seen)


def _as_recorded(frame):
    recorded = ipython_frames.find(frame.filename, frame.lineno)
    return frame if recorded is None else _summary(*recorded.place, recorded.co_name, recorded.line)


def _summary(filename, lineno, name, line):
    return traceback.FrameSummary(
        filename, lineno, name, lookup_line=False, line=line, end_lineno=lineno, colno=0, end_colno=len(line)
    )
