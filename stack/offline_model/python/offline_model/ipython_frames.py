"""Imitate the frames of IPython and ipykernel that a traceback shows below the cell: their functions and their source."""

import functools
import linecache
import re
import textwrap
import types

from .listings import RECORDED

SITE = "/usr/lib/python3/dist-packages/"
_SHELL = SITE + "IPython/core/interactiveshell.py"

_FRAME = re.compile(r"(\w+)\nFile ~/(\S+):(\d+), in (.+)\n:(?: (\d+)-(\d+))?\n(.+)", re.DOTALL)
_ARROW = re.compile(r"^-+> \d+ *(.*)", re.MULTILINE)
_LINE = re.compile(r"((?:-+>|   \(\.\.\.\))? *(\d+) )(.*)")

# IPython's frame that runs a cell, and the one that runs a cell with ``await``: file, line, function and source line.
# IPython's own tracebacks begin after this frame.
RUN_CODE = _SHELL, 3747, "run_code", "exec(code_obj, self.user_global_ns, self.user_ns)"
AWAIT_CODE = _SHELL, 3745, "run_code", "await eval(code_obj, self.user_global_ns, self.user_ns)"

EXIT_WARNING_LOCATION = f"{_SHELL}:3755"


class _Frame:
    def __init__(self, text):
        self.name, path, line, self.signature, first, last, self.listing = _FRAME.fullmatch(text).groups()
        self.short_listing = _cut(self.listing, int(first), int(last)) if first else self.listing
        self.line = _ARROW.search(self.listing).group(1)
        self.location = SITE + path, int(line)
        qualified_name = self.signature.partition("(")[0]
        self.co_name = qualified_name.rpartition(".")[2]
        code = (lambda call: call()).__code__.replace(
            co_filename=self.location[0],
            co_firstlineno=self.location[1],
            co_name=self.co_name,
            co_qualname=qualified_name,
        )
        module = path.removesuffix(".py").replace("/", ".")
        self.enter = types.FunctionType(code, {"__name__": module}, code.co_name)


def _cut(listing, first, last):
    """Return the lines of a listing from ``first`` to ``last``, without their common indentation."""
    lines = [match.groups() for match in map(_LINE.fullmatch, listing.split("\n")) if first <= int(match[2]) <= last]
    code = textwrap.dedent("\n".join(text for *_, text in lines)).split("\n")
    return "\n".join(number + text for (number, *_), text in zip(lines, code))


_frames = {frame.name: frame for frame in map(_Frame, RECORDED)}
_frames_by_location = {frame.location: frame for frame in _frames.values()}


def call_below(names, function, *arguments, **keywords):
    """Call a function below the imitated frames with these names, the outermost first, and return its result."""
    call = functools.partial(function, *arguments, **keywords)
    for name in reversed(names):
        call = functools.partial(_frames[name].enter, call)
    return call()


def run_code(code, variables):
    """Run code below the frame that runs a cell, and return its value.

    The frame's source line is put into the line cache: a warning can refer to the frame, and then shows the line.
    """
    filename, lineno, _, line = RUN_CODE
    if filename not in linecache.cache:
        linecache.cache[filename] = 0, None, [*["\n"] * (lineno - 1), f"{line}\n"], filename
    return call_below(["run_code"], eval, code, variables)


def get_frame(name):
    """Return the frame with a name.

    It has the attributes ``location`` (file, line), ``co_name``, ``signature``, ``listing``, ``short_listing`` and ``line``.
    """
    return _frames[name]


def find_frame(filename, lineno):
    """Return the frame at a location, or None if there is none."""
    return _frames_by_location.get((filename, lineno))
