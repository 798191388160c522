"""Stand-in for IPython.display: rich objects, and the functions that show them."""

from .core.display import (
    HTML,
    JSON,
    SVG,
    DisplayObject,
    IFrame,
    Image,
    Javascript,
    Latex,
    Markdown,
    Math,
    Pretty,
    TextDisplayObject,
)
from .core.display_functions import DisplayHandle, clear_output, display, publish_display_data, update_display

__all__ = [
    "HTML",
    "JSON",
    "SVG",
    "DisplayHandle",
    "DisplayObject",
    "IFrame",
    "Image",
    "Javascript",
    "Latex",
    "Markdown",
    "Math",
    "Pretty",
    "TextDisplayObject",
    "clear_output",
    "display",
    "publish_display_data",
    "update_display",
]
