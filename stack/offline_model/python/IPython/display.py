"""Stand-in for IPython.display: rich objects, and the functions that show them."""

from .core.display import (
    HTML,
    JSON,
    SVG,
    Code,
    DisplayObject,
    Image,
    Javascript,
    Latex,
    Markdown,
    Math,
    Pretty,
    ProgressBar,
    TextDisplayObject,
)
from .core.display_functions import DisplayHandle, clear_output, display, publish_display_data, update_display
from .lib.display import Audio, FileLink, IFrame, VimeoVideo, YouTubeVideo

__all__ = [
    "HTML",
    "JSON",
    "SVG",
    "Audio",
    "Code",
    "DisplayHandle",
    "DisplayObject",
    "FileLink",
    "IFrame",
    "Image",
    "Javascript",
    "Latex",
    "Markdown",
    "Math",
    "Pretty",
    "ProgressBar",
    "TextDisplayObject",
    "VimeoVideo",
    "YouTubeVideo",
    "clear_output",
    "display",
    "publish_display_data",
    "update_display",
]
