"""Loads packages when a cell imports them: the host hands in the wheels, and they are unpacked here."""

import importlib
import importlib.abc
import importlib.machinery
import os
import sys

from . import empty_ctypes, host, linux

FOLDER = "/usr/lib/python3/dist-packages"  # where Debian's Python has them; it stands in tracebacks

_STAND_INS = (f"{FOLDER}/IPython/", f"{FOLDER}/ipykernel/")

_BACKEND = "module://matplotlib_inline.backend_inline"  # what ipykernel sets

_loaded = []  # the file names of the wheels that are unpacked


def is_of_package(filename):
    """Whether a file belongs to a package that was loaded: what stands in for IPython's frames does not."""
    return filename.startswith(f"{FOLDER}/") and not filename.startswith(_STAND_INS)


class PackageFinder(importlib.abc.MetaPathFinder):
    """Asks the host for modules that no other finder has found."""

    def find_spec(self, fullname, path=None, target=None):
        if path is not None or _is_wanted_by_package():
            return None
        reason = _load(fullname)
        if reason is not None:
            raise ModuleNotFoundError(f"No module named {fullname!r} ({reason})", name=fullname)
        return importlib.machinery.PathFinder.find_spec(fullname, None, target)


def _is_wanted_by_package():
    """Whether the module is one that a package tries while it is imported itself: what it needs, it has got.

    What a package's function imports when a cell calls it, as ``DataFrame.plot`` does, is the cell's wish.
    """
    frame, outermost = sys._getframe(1), None
    while frame is not None:
        if is_of_package(frame.f_code.co_filename):
            outermost = frame
        frame = frame.f_back
    return outermost is not None and outermost.f_code.co_name == "<module>"


def _load(module):
    """Loads the packages of a module. Returns the reason it cannot be imported, if that should be shown."""
    answer = host.ask_for_module(module, _loaded)
    for file_name, data in answer["wheels"]:
        try:
            _unpack(file_name, data)
        except ValueError as error:
            return str(error)
        _loaded.append(file_name)
    if answer["wheels"]:
        _settle()
    return answer.get("reason") if answer["isKnown"] or module in KNOWN_PACKAGES else None


def _unpack(file_name, data):
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            for entry in wheel.infolist():
                place = _place(entry.filename)
                if place is not None and not entry.is_dir():
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                    with open(place, "wb") as file:
                        file.write(wheel.read(entry))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ValueError(f"{file_name} is not a wheel") from error


def _place(name):
    """Where a wheel's file goes; None for what has no place: scripts, C headers, and what would lie elsewhere."""
    parts = name.split("/")
    if ".." in parts or name.startswith("/"):
        return None
    if not parts[0].endswith(".data"):
        return f"{FOLDER}/{name}"
    folder = {"purelib": FOLDER, "platlib": FOLDER, "data": sys.prefix.rstrip("/")}.get(parts[1])
    return None if folder is None else "/".join([folder, *parts[2:]])


def _settle():
    """Lets the interpreter find what was unpacked."""
    if FOLDER not in sys.path:
        sys.path.append(FOLDER)
        empty_ctypes.install(is_of_package)
        linux.name_build()
    importlib.invalidate_caches()
    os.environ.setdefault("MPLBACKEND", _BACKEND)


# Packages that notebooks often import; a missing one of these is the offline model's limit, not the user's mistake.
KNOWN_PACKAGES = set(
    """
    PIL altair anthropic arrow attr bokeh boto3 bs4 cv2 cython dask django fastapi flask gensim geopandas httpx
    imageio ipywidgets jax joblib keras langchain lightgbm lxml matplotlib mpl_toolkits networkx nltk numba numpy
    openai openpyxl pandas plotly polars psycopg2 pyarrow pydantic pytest requests rich scipy seaborn shapely
    skimage sklearn spacy sqlalchemy statsmodels streamlit sympy tabulate tensorflow torch torchvision tqdm
    transformers xarray xgboost yaml
    """.split()
)
