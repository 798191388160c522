"""List frames as tracebacks of IPython 9.11 and ipykernel 7.2 show them.

The first line of each frame is the name that the offline model uses for it. ``~/`` denotes the folder of the packages.
The line after it begins with a colon. It contains the first and the last line that IPython shows for an exception that
led to another one, if it shows fewer lines then.

Every excerpt in the modules of this package is Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

from . import formatters, kernel, magics, shell, timing

RECORDED = [
    text for module in (formatters, kernel, magics, shell, timing) for text in module.RECORDED.split("\n---\n")
]
