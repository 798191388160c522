"""Closes the sandbox, and explains what the offline model does not have."""

import asyncio
import importlib.abc
import os
import pydoc
import sys
import time

from . import host, javascript

# The variables that cells see; Pyodide adds where it was started from.
_ENVIRONMENT = {"HOME", "LANG", "LOGNAME", "PATH", "USER"}

# Packages that notebooks often import; a missing one of these is the offline model's limit, not the user's mistake.
_KNOWN_PACKAGES = set(
    """
    PIL altair anthropic arrow attr bokeh boto3 bs4 cv2 cython dask django fastapi flask gensim geopandas httpx
    imageio ipywidgets jax joblib keras langchain lightgbm lxml matplotlib mpl_toolkits networkx nltk numba numpy
    openai openpyxl pandas plotly polars psycopg2 pyarrow pydantic pytest requests rich scipy seaborn shapely
    skimage sklearn spacy sqlalchemy statsmodels streamlit sympy tabulate tensorflow torch torchvision tqdm
    transformers xarray xgboost yaml
    """.split()
)


class _Missing(importlib.abc.MetaPathFinder):
    """Explains why a package cannot be imported, after every other finder has passed."""

    def find_spec(self, name, path=None, target=None):
        if path is not None:  # the package is there, and has no such module
            return None
        if name in _KNOWN_PACKAGES:
            reason = "the offline model has Python's standard library only"
        elif name in sys.stdlib_module_names:
            reason = "the offline model's Python comes without it"
        else:
            return None
        raise ModuleNotFoundError(f"No module named {name!r} ({reason})", name=name)


_LONGEST_SLEEP = 2**63 / 1e9  # seconds: CPython counts them in nanoseconds, with 64 bits

_system_sleep = getattr(time.sleep, "__wrapped__", time.sleep)  # Pyodide's asks JavaScript


def sleep(seconds, /):
    """Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision."""
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < _LONGEST_SLEEP:
        return _system_sleep(seconds)  # raises what it should
    host.sleep(seconds)


def close():
    """Closes the sandbox, once Pyodide has booted: until then it needs the modules itself."""
    time.sleep = sleep
    asyncio.run = asyncio.runners.run = getattr(asyncio.run, "__wrapped__", asyncio.run)  # Pyodide's asks JavaScript
    for name in set(os.environ) - _ENVIRONMENT:
        del os.environ[name]
    pydoc.pager = pydoc.plainpager
    javascript.close()
    sys.meta_path.append(_Missing())
