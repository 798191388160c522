"""Format a value as a MIME bundle: its text, and the representations of its ``_repr_*_`` methods."""

import base64
import warnings

from IPython.lib.pretty import pretty


class FormatterWarning(UserWarning):
    """A ``_repr_*_`` method returned a value of an invalid type, which is not shown."""


_TYPES = {  # the valid return types of the methods; default: str
    "application/json": (dict, list),
    "application/pdf": (bytes, str),
    "image/png": (bytes, str),
    "image/jpeg": (bytes, str),
}

_METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "application/pdf": "_repr_pdf_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
    "application/json": "_repr_json_",
    "application/javascript": "_repr_javascript_",
}


def format_value(value, include=None, exclude=None):
    """Return the value's MIME bundle and its metadata.

    Both are empty if the value has displayed itself with ``_ipython_display_``.
    """
    if _displays_itself(value):
        return {}, {}
    data, metadata = {}, {}
    bundle = _call(value, "_repr_mimebundle_", include=include, exclude=exclude)
    if bundle is not None:
        bundle_data, bundle_metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data.update(bundle_data)
        metadata.update(bundle_metadata)
    if "text/plain" not in data:
        text = _guard(pretty, value)
        if text is not None:
            data = {"text/plain": text, **data}
    for mime, method in _METHODS.items():
        if mime in data:
            continue
        content = _call(value, method)
        if isinstance(content, tuple):
            content, content_metadata = content
            metadata[mime] = {**metadata.get(mime, {}), **content_metadata}
        if content is not None and _is_valid(content, mime, value):
            data[mime] = content
    data = {mime: _as_text(content) for mime, content in data.items() if _is_included(mime, include, exclude)}
    return data, {key: value for key, value in metadata.items() if value and ("/" not in key or key in data)}


def _is_valid(content, mime, value):
    expected = _TYPES.get(mime, (str,))
    if isinstance(content, expected):
        return True
    names = expected[0] if len(expected) == 1 else expected
    warnings.warn(
        f"{mime} formatter returned invalid type {type(content)} (expected {names}) for object: {value!r}",
        FormatterWarning,
        stacklevel=2,
    )
    return False


def _displays_itself(value):
    method = _method(value, "_ipython_display_")
    if method is None:
        return False
    return _guard(lambda: (method(), True)[1]) or False


def _call(value, name, **arguments):
    method = _method(value, name)
    return None if method is None else _guard(method, **arguments)


def _method(value, name):
    """Return a method of an object, or None. Ignore the methods of classes and of objects that have every attribute."""
    if isinstance(value, type):
        return None
    try:
        if getattr(value, "_ipython_canary_method_should_not_exist_", None) is not None:
            return None
        method = getattr(value, name, None)
    except Exception:
        return None
    return method if callable(method) else None


def _guard(function, *arguments, **keywords):
    """Return the function's result, or None if it raises. Show its exception, except a NotImplementedError."""
    try:
        return function(*arguments, **keywords)
    except NotImplementedError:
        return None
    except Exception as error:
        from .shell import SHELL

        SHELL.show_error(error)
        return None


def _as_text(content):
    return base64.b64encode(content).decode("ascii") if isinstance(content, bytes) else content


def _is_included(mime, include, exclude):
    return (not include or mime in include) and (not exclude or mime not in exclude)
