"""List frames as tracebacks of IPython 9.11 and ipykernel 7.2 show them.

The first line of each frame is the name that the offline model uses for it. ``~/`` denotes the folder of the packages.
IPython shows fewer lines for an exception that led to another one: the line that begins with a colon contains the first
and the last of them. It contains only the colon if IPython shows the same lines.

Every excerpt in the modules of this package is Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

from . import formatters, kernel, magics, shell, timing

RECORDED = [
    text for module in (formatters, kernel, magics, shell, timing) for text in module.RECORDED.split("\n---\n")
]
