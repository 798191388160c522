"""Frames as IPython 9.11 and ipykernel 7.2 show them, each below the name that it has here.

``~/`` stands for the folder of the packages. Behind the colon are the lines that IPython shows of an exception which led to
another one, where they are fewer. Every excerpt in the modules of this package is Copyright (c) IPython
Development Team, under the BSD 3-Clause License.
"""

from . import formatters, kernel, magics, shell, timing

RECORDED = [
    text for module in (formatters, kernel, magics, shell, timing) for text in module.RECORDED.split("\n---\n")
]
