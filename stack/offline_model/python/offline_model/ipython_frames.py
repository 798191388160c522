"""The frames of IPython and ipykernel that a traceback shows below the cell: what stands there, and functions that play them."""

import functools
import re
import types

from .ipython_listings import RECORDED, SITE

_FRAME = re.compile(r"(\w+)\nFile ~/(\S+):(\d+), in (.+)\n:\n(.+)", re.DOTALL)
_ARROW = re.compile(r"^-+> \d+ *(.*)", re.MULTILINE)

# The frame that runs a cell: shown where a string that the cell runs cannot be parsed.
RUN_CODE = (
    f"  File {SITE}IPython/core/interactiveshell.py:3747 in run_code\n"
    "    exec(code_obj, self.user_global_ns, self.user_ns)\n"
)


class _Frame:
    def __init__(self, text):
        self.name, path, line, self.signature, self.listing = _FRAME.fullmatch(text).groups()
        self.line = _ARROW.search(self.listing).group(1)
        self.place = SITE + path, int(line)
        qualified_name = self.signature.partition("(")[0]
        code = (lambda call: call()).__code__.replace(
            co_filename=self.place[0],
            co_firstlineno=self.place[1],
            co_name=qualified_name.rpartition(".")[2],
            co_qualname=qualified_name,
        )
        self.enter = types.FunctionType(code, {}, code.co_name)


_frames = {frame.name: frame for frame in map(_Frame, RECORDED.split("\n---\n"))}
_places = {frame.place: frame for frame in _frames.values()}


def call_below(names, function, *arguments):
    """Calls a function as if the frames of these names did it, the outermost first."""
    call = functools.partial(function, *arguments)
    for name in reversed(names):
        call = functools.partial(_frames[name].enter, call)
    return call()


def find(filename, lineno):
    """The frame that stands at a place, with its ``signature``, ``listing`` and ``line``; None when it is no such frame."""
    return _places.get((filename, lineno))
