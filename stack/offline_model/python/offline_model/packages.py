"""Load packages when a cell imports them: the host sends the wheels, and they are unpacked here."""

import importlib
import importlib.abc
import importlib.machinery
import os
import sys

from . import empty_ctypes, host, linux

FOLDER = "/usr/lib/python3/dist-packages"  # Debian's folder for packages, which tracebacks show

_IMITATED_FOLDERS = (f"{FOLDER}/IPython/", f"{FOLDER}/ipykernel/")

_BACKEND = "module://matplotlib_inline.backend_inline"  # ipykernel sets it

_loaded = []  # the file names of the unpacked wheels


def is_package_file(filename):
    """Return whether a file belongs to a package that was loaded. The imitated frames of IPython do not."""
    return filename.startswith(f"{FOLDER}/") and not filename.startswith(_IMITATED_FOLDERS)


class PackageFinder(importlib.abc.MetaPathFinder):
    """Requests modules from the host that no other finder has found."""

    def find_spec(self, fullname, path=None, target=None):
        if path is not None or _is_import_of_loading_package():
            return None
        reason = _load(fullname)
        if reason is not None:
            raise ModuleNotFoundError(f"No module named {fullname!r} ({reason})", name=fullname)
        return importlib.machinery.PathFinder.find_spec(fullname, None, target)


def _is_import_of_loading_package():
    """Return whether a package that is being imported imports the module.

    Such an import is optional, because the package's dependencies have been loaded. If a cell calls a function of a package
    that imports a module, such as ``DataFrame.plot``, the result is False, and the module is loaded.
    """
    frame, outermost = sys._getframe(1), None
    while frame is not None:
        if is_package_file(frame.f_code.co_filename):
            outermost = frame
        frame = frame.f_back
    return outermost is not None and outermost.f_code.co_name == "<module>"


def _load(module):
    """Load the packages of a module. Return the reason why it cannot be imported, or None if none should be shown."""
    answer = host.ask_for_module(module, _loaded)
    for file_name, data in answer["wheels"]:
        try:
            _unpack(file_name, data)
        except ValueError as error:
            return str(error)
        _loaded.append(file_name)
    if answer["wheels"]:
        _make_importable()
    return answer.get("reason") if answer["isKnown"] or module in KNOWN_PACKAGES else None


def _unpack(file_name, data):
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            for entry in wheel.infolist():
                path = _destination(entry.filename)
                if path is not None and not entry.is_dir():
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "wb") as file:
                        file.write(wheel.read(entry))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ValueError(f"{file_name} is not a wheel") from error


def _destination(name):
    """Return the path where a wheel's file is unpacked.

    Return None for files that are not unpacked: scripts, C headers, and files with a path outside of the wheel's folder.
    """
    parts = name.split("/")
    if ".." in parts or name.startswith("/"):
        return None
    if not parts[0].endswith(".data"):
        return f"{FOLDER}/{name}"
    folder = {"purelib": FOLDER, "platlib": FOLDER, "data": sys.prefix.rstrip("/")}.get(parts[1])
    return None if folder is None else "/".join([folder, *parts[2:]])


def _make_importable():
    """Make the unpacked packages importable."""
    if FOLDER not in sys.path:
        sys.path.append(FOLDER)
        empty_ctypes.install(is_package_file)
        linux.restore_build_platform()
    importlib.invalidate_caches()
    os.environ.setdefault("MPLBACKEND", _BACKEND)


# Packages that notebooks often import. If one of them is missing, the error says why, because it is not the user's mistake.
KNOWN_PACKAGES = set(
    """
    PIL altair anthropic arrow attr bokeh boto3 bs4 cv2 cython dask django fastapi flask gensim geopandas httpx
    imageio ipywidgets jax joblib keras langchain lightgbm lxml matplotlib mpl_toolkits networkx nltk numba numpy
    openai openpyxl pandas plotly polars psycopg2 pyarrow pydantic pytest requests rich scipy seaborn shapely
    skimage sklearn spacy sqlalchemy statsmodels streamlit sympy tabulate tensorflow torch torchvision tqdm
    transformers xarray xgboost yaml
    """.split()
)
