"""Selects the frames of a traceback that IPython shows."""

import itertools
import os
import traceback

from . import ipython_frames
from .formatter_frames import stand_ins
from .frame_source import source_lines
from .namespace import cell_number

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
        return self.recorded.line if self.recorded else "".join(source_lines(self.frame)[self.lineno - 1 : self.lineno]).strip()


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
