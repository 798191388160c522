"""Define the ``open`` of a notebook. It does not open the standard streams."""

import functools
import io

from .ipython_frames import call_below

_STANDARD_STREAMS = {0, 1, 2}  # the file descriptors of the standard streams


@functools.wraps(io.open)
def open_file(file, *arguments, **keywords):
    if call_below(["open_unhashable"], _STANDARD_STREAMS.__contains__, file):
        call_below(["open_standard"], _refuse, file)
    return call_below(["open"], io.open, file, *arguments, **keywords)


def _refuse(file):
    raise ValueError(
        f"IPython won't let you open fd={file} by default as it is likely to crash IPython. If you know what you are doing,"
        " you can use builtins' open."
    )
