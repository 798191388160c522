"""Format exception groups, and the exceptions that they caused, in Python's own form, as IPython does."""

import inspect
import itertools
import traceback

from . import ipython_frames
from .namespace import cell_number
from .traceback_frames import is_internal_frame


def involves_group(error):
    """Return whether an exception, or one in its chain of contexts, is an exception group."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, BaseExceptionGroup):
            return True
        seen.add(id(error))
        error = error.__context__
    return False


def format_group(error):
    """Return the lines of Python's traceback of an exception. The first frame is IPython's frame that runs the cell."""
    exception = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _remove_internal_frames(exception, set())
    runner = ipython_frames.AWAIT_CODE if _uses_await(error) else ipython_frames.RUN_CODE
    exception.stack[:] = [_summary(*runner), *_drop_before_cell(exception.stack)]
    return "".join(exception.format()).removesuffix("\n").split("\n")


def _uses_await(error):
    """Return whether the cell that raised an exception contains ``await``."""
    codes = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    cell = next((code for code in codes if cell_number(code.co_filename) is not None), None)
    return cell is not None and bool(cell.co_flags & inspect.CO_COROUTINE)


def _drop_before_cell(frames):
    return itertools.dropwhile(lambda frame: cell_number(frame.filename) is None, frames)


def _remove_internal_frames(exception, seen):
    """Remove internal frames from an exception and all exceptions in its chains and groups."""
    if exception is None or id(exception) in seen:
        return
    seen.add(id(exception))
    exception.stack[:] = [
        _replace_by_recorded(frame)
        for frame in exception.stack
        if not is_internal_frame(frame.filename, frame.lineno)
    ]
    for other in (exception.__cause__, exception.__context__, *(exception.exceptions or ())):
        _remove_internal_frames(other, seen)


def _replace_by_recorded(frame):
    recorded = ipython_frames.find_frame(frame.filename, frame.lineno)
    return frame if recorded is None else _summary(*recorded.location, recorded.co_name, recorded.line)


def _summary(filename, lineno, name, line):
    return traceback.FrameSummary(
        filename, lineno, name, lookup_line=False, line=line, end_lineno=lineno, colno=0, end_colno=len(line)
    )
