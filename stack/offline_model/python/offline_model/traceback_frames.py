"""Select the frames of a traceback that IPython shows."""

import itertools
import os
import traceback

from . import ipython_frames
from .formatter_frames import replacement_frames
from .frame_source import source_lines
from .namespace import cell_number

_OWN_DIRECTORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class ShownFrame:
    """A frame of a traceback: a real frame, or a recorded frame of IPython that replaces one of the offline model."""

    def __init__(self, frame, lineno, recorded):
        self.frame = frame
        self.recorded = recorded
        self.filename, self.lineno = recorded.location if recorded else (frame.f_code.co_filename, lineno)
        self.name = recorded.co_name if recorded else frame.f_code.co_name
        self.key = (recorded or frame.f_code), self.lineno

    @property
    def line(self):
        """The source line that the frame runs, without its indentation."""
        return self.recorded.line if self.recorded else "".join(source_lines(self.frame)[self.lineno - 1 : self.lineno]).strip()


def shown_frames(tb):
    """Return the frames to show: those that are not internal. If the shell ran a cell, they begin with the cell's frame."""
    walked = list(traceback.walk_tb(tb))
    frames = []
    for (frame, lineno), (following, _) in itertools.zip_longest(walked, walked[1:], fillvalue=(None, None)):
        code = frame.f_code
        if not is_internal_frame(code.co_filename, lineno):
            frames.append(ShownFrame(frame, lineno, ipython_frames.find_frame(code.co_filename, lineno)))
        else:
            names = replacement_frames(code, following and following.f_code)
            frames.extend(ShownFrame(frame, lineno, ipython_frames.get_frame(name)) for name in names)
    in_cell = [cell_number(shown.filename) is not None for shown in frames]
    is_from_shell = bool(walked) and is_own_file(walked[0][0].f_code.co_filename)
    return frames[in_cell.index(True) :] if is_from_shell and True in in_cell and not frames[0].recorded else frames


def is_own_file(filename):
    """Return whether a file belongs to the offline model."""
    return filename.startswith(_OWN_DIRECTORY)


def is_internal_frame(filename, lineno):
    """Return whether a frame is never shown: it belongs to the offline model, or is the imitated frame that runs a cell."""
    return is_own_file(filename) or (filename, lineno) == ipython_frames.RUN_CODE[:2]


def location(filename, lineno):
    """Return ``Cell In[7], line 2`` for a cell's file, ``File /usr/lib/a.py:2`` for others. The line can be None."""
    number = cell_number(filename)
    if number is None:
        return f"File {filename}" + ("" if lineno is None else f":{lineno}")
    return f"Cell In[{number}]" + ("" if lineno is None else f", line {lineno}")
