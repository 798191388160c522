"""A backend of matplotlib that shows figures as SVG: when a cell calls ``plt.show()``, and what is open at the cell's end."""

import io

import matplotlib
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends import backend_agg
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

from IPython import get_ipython
from IPython.core.display_functions import display

_state = {"closes": True, "drawn": []}  # whether figures are closed when they have been shown; those that the cell has made


def new_figure_manager(num, *args, FigureClass=Figure, **kwargs):
    """Makes a figure and its manager, as matplotlib wants of a backend."""
    return new_figure_manager_given_figure(num, FigureClass(*args, **kwargs))


def new_figure_manager_given_figure(num, figure):
    """Makes a figure's manager, as matplotlib wants of a backend. In interactive mode, the cell's end shows the figure."""
    manager = backend_agg.new_figure_manager_given_figure(num, figure)
    manager.show = lambda: None  # the cell's end shows the figure
    if matplotlib.is_interactive():
        _state["drawn"].append(figure)
    return manager


def show(close=None, block=None):
    """Shows all open figures, and closes them unless ``close`` or :func:`set_matplotlib_close` says otherwise."""
    try:
        for manager in Gcf.get_all_fig_managers():
            display(manager.canvas.figure)
    finally:
        _state["drawn"] = []
        if _state["closes"] if close is None else close:
            Gcf.destroy_all()


def flush_figures():
    """Shows what a cell has drawn, at its end."""
    drawn, _state["drawn"] = _state["drawn"], []
    if drawn and _state["closes"]:
        show(True)
        return
    open_figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    for figure in drawn:
        if figure in open_figures:
            display(figure)


def set_matplotlib_formats(*formats, **kwargs):
    """Chooses the form of pictures, which here is always SVG."""


def set_matplotlib_close(close=True):
    """Chooses whether figures are closed when they have been shown."""
    _state["closes"] = close


def _draw_svg(figure):
    """A figure as SVG; None where there is nothing on it."""
    if not figure.axes and not figure.lines:
        return None
    file = io.StringIO()
    colours = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor()}
    metadata = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.canvas.print_figure(
        file, format="svg", dpi=figure.dpi, bbox_inches="tight", metadata=metadata, **colours
    )
    return file.getvalue()


Figure._repr_svg_ = _draw_svg
matplotlib.interactive(True)
get_ipython().events.register("post_execute", flush_figures)
