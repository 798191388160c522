/**
 * A package with the parts of matplotlib's interface that a backend uses, but without drawing: a figure is a list of lines.
 *
 * @module
 */

import type { TestPackage } from "./distribution.ts";

const FIGURE = `class Figure:
    def __init__(self, figsize=(6.4, 4.8)):
        self.figsize, self.axes, self.lines, self.dpi, self.canvas = figsize, [], [], 100, None

    def __repr__(self):
        width, height = (round(size * self.dpi) for size in self.figsize)
        return f"<Figure size {width}x{height} with {len(self.axes)} Axes>"

    def get_facecolor(self):
        return "white"

    def get_edgecolor(self):
        return "white"

    def show(self):
        self.canvas.manager.show()
`;

const BACKEND = `class FigureCanvasAgg:
    def __init__(self, figure):
        self.figure, figure.canvas, self.manager = figure, self, None

    def print_figure(self, file, format, dpi, facecolor, edgecolor, bbox_inches, metadata):
        assert (format, bbox_inches, metadata["Date"]) == ("svg", "tight", None)
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{self.figure.lines}</title></svg>')

class _Manager:
    def __init__(self, canvas, num):
        self.canvas, self.num, canvas.manager = canvas, num, self

    def show(self):
        raise RuntimeError("there is no window")

def new_figure_manager_given_figure(num, figure):
    return _Manager(FigureCanvasAgg(figure), num)
`;

const HELPERS = `class Gcf:
    figs = {}

    @classmethod
    def get_all_fig_managers(cls):
        return list(cls.figs.values())

    @classmethod
    def destroy_all(cls):
        cls.figs.clear()
`;

const PYPLOT = `import importlib, os, matplotlib
from matplotlib._pylab_helpers import Gcf

_backend = None

def _get_backend():
    global _backend
    if _backend is None:
        _backend = importlib.import_module(os.environ["MPLBACKEND"].removeprefix("module://"))
    return _backend

def figure(**keywords):
    num = len(Gcf.figs) + 1
    Gcf.figs[num] = _get_backend().new_figure_manager(num, **keywords)
    return Gcf.figs[num].canvas.figure

def gcf():
    return [*Gcf.figs.values()][-1].canvas.figure if Gcf.figs else figure()

def plot(line):
    gcf().axes[:] = ["axes"]
    gcf().lines.append(line)

def show():
    _get_backend().show()

ioff = lambda: matplotlib.interactive(False)
ion = lambda: matplotlib.interactive(True)
`;

export const TINY_MATPLOTLIB: TestPackage = {
  files: {
    "matplotlib/__init__.py": "_interactive = False\n" +
      "def interactive(value):\n    global _interactive\n    _interactive = value\n" +
      "def is_interactive():\n    return _interactive\n",
    "matplotlib/_pylab_helpers.py": HELPERS,
    "matplotlib/backends/__init__.py": "",
    "matplotlib/backends/backend_agg.py": BACKEND,
    "matplotlib/figure.py": FIGURE,
    "matplotlib/pyplot.py": PYPLOT,
  },
};
