"""Format syntax errors as IPython does: without the line of dashes and without the header."""

import linecache

from . import ipython_frames
from .traceback_frames import location, shown_frames


def format_syntax_error(error):
    """Return the strings of the traceback in the error output of a SyntaxError, with its frames if it has any.

    Like IPython, set the file of an error without one to ``<string>``.
    """
    error.filename = error.filename or "<string>"
    lines = []
    if frames := shown_frames(error.__traceback__):
        filename, lineno, function, line = ipython_frames.RUN_CODE
        lines += ["Traceback (most recent call last):\n", f"  {location(filename, lineno)} in {function}\n    {line}\n"]
    for shown in frames:
        function = "" if shown.name == "<module>" else f" in {shown.name}"
        line = f"    {shown.line}\n" if shown.line else ""
        lines.append(f"  {location(shown.filename, shown.lineno)}{function}\n{line}")
    notes = "".join(f"{note}\n" for note in getattr(error, "__notes__", None) or [])
    return [*lines, f"{_format_location(error)}{type(error).__name__}: {error.msg}\n{notes}"]


def _format_location(error):
    """Return the location, the line that cannot be parsed, and the line with the caret."""
    lineno = error.lineno or None
    source = (lineno and linecache.getline(error.filename, lineno)) or error.text or ""
    text = f"  {location(error.filename, lineno)}\n    {source.strip()}\n"
    if error.offset is None:
        return text
    lead = len(source) - len(source.lstrip())
    before = source[lead : error.offset - 1]
    return text + "    " + "".join(char if char.isspace() else " " for char in before) + "^\n"
