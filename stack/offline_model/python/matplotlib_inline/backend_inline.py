"""Show matplotlib's figures as SVG when a cell calls ``plt.show()``, and the open figures when the cell ends."""

import io

import matplotlib
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends import backend_agg
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

from IPython import get_ipython
from IPython.core.display_functions import display

# Whether figures are closed after they are shown, and the figures that the cell has created.
_state = {"closes": True, "drawn": []}


def new_figure_manager(num, *args, FigureClass=Figure, **kwargs):
    """Return the manager of a new figure. matplotlib calls this function of a backend."""
    return new_figure_manager_given_figure(num, FigureClass(*args, **kwargs))


def new_figure_manager_given_figure(num, figure):
    """Return the manager of a figure. matplotlib calls this function of a backend.

    In interactive mode, the figure is shown when the cell ends.
    """
    manager = backend_agg.new_figure_manager_given_figure(num, figure)
    manager.show = lambda: None  # the figure is shown when the cell ends
    if matplotlib.is_interactive():
        _state["drawn"].append(figure)
    return manager


def show(close=None, block=None):
    """Show all open figures, and close them if ``close`` is true.

    :param close: default: the setting of :func:`set_matplotlib_close`
    """
    try:
        for manager in Gcf.get_all_fig_managers():
            display(manager.canvas.figure)
    finally:
        _state["drawn"] = []
        if _state["closes"] if close is None else close:
            Gcf.destroy_all()


def flush_figures():
    """Show the figures that a cell has created, when the cell ends."""
    drawn, _state["drawn"] = _state["drawn"], []
    if drawn and _state["closes"]:
        show(True)
        return
    open_figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    for figure in drawn:
        if figure in open_figures:
            display(figure)


def set_matplotlib_formats(*formats, **kwargs):
    """Do nothing: the format of pictures is always SVG."""


def set_matplotlib_close(close=True):
    """Set whether figures are closed after they are shown."""
    _state["closes"] = close


def _draw_svg(figure):
    """Return a figure as SVG, or None if the figure is empty."""
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
