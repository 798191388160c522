"""Define the objects that display as HTML, SVG, Markdown, LaTeX, JSON or a picture."""

import base64
import html
import json
import pathlib


class DisplayObject:
    """Data, or the content of a file, that a front end can display."""

    _mode = "r"

    def __init__(self, data=None, url=None, filename=None, metadata=None):
        if isinstance(data, pathlib.PurePath):
            data, filename = None, str(data)
        self.data = data
        self.url = url
        self.filename = filename
        self.metadata = metadata or {}
        self.reload()

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__} object>"

    def reload(self):
        """Read the data from the file again. Raise OSError for a URL without data, because there is no network."""
        if self.filename is not None:
            encoding = None if "b" in self._mode else "utf-8"
            with open(self.filename, self._mode, encoding=encoding) as file:
                self.data = file.read()
        elif self.url is not None and self.data is None:
            raise OSError(f"the offline model has no network: cannot read {self.url}")

    def _with_metadata(self):
        return (self.data, dict(self.metadata)) if self.metadata else self.data


class TextDisplayObject(DisplayObject):
    """A display object whose data is text."""

    def __init__(self, data=None, url=None, filename=None, metadata=None):
        if data is not None and not isinstance(data, (str, pathlib.PurePath)):
            raise TypeError(f"{type(self).__name__} expects text, not {data!r}")
        super().__init__(data, url, filename, metadata)


class Pretty(TextDisplayObject):
    """Text that is displayed unchanged."""

    def _repr_pretty_(self, pp, cycle):
        pp.text(self.data)


class HTML(TextDisplayObject):
    """HTML that the front end renders."""

    def _repr_html_(self):
        return self._with_metadata()

    def __html__(self):
        return self._repr_html_()


class Markdown(TextDisplayObject):
    """Markdown that the front end renders."""

    def _repr_markdown_(self):
        return self._with_metadata()


class Latex(TextDisplayObject):
    """LaTeX that contains its delimiters."""

    def _repr_latex_(self):
        return self._with_metadata()


class Math(TextDisplayObject):
    """A LaTeX formula without delimiters."""

    def _repr_latex_(self):
        return f"$\\displaystyle {self.data.strip('$')}$"


def _svg_element(text):
    """Return the first ``<svg>`` element of a document, or the document if it has none. Raise ExpatError for invalid XML."""
    from xml.dom import minidom

    found = minidom.parseString(text).getElementsByTagName("svg")
    return found[0].toxml() if found else text


class SVG(DisplayObject):
    """An SVG picture: the first ``<svg>`` element of the data."""

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, value):
        text = value.decode() if isinstance(value, bytes) else value
        self._data = None if text is None else _svg_element(text)

    def _repr_svg_(self):
        return self._with_metadata()


class JSON(DisplayObject):
    """A JSON value that the front end displays as a tree."""

    def __init__(self, data=None, url=None, filename=None, expanded=False, metadata=None, root="root", **kwargs):
        super().__init__(data, url, filename, {"expanded": expanded, "root": root, **(metadata or {}), **kwargs})
        if isinstance(self.data, str):
            self.data = json.loads(self.data)

    def _repr_json_(self):
        return self._with_metadata()


class Javascript(TextDisplayObject):
    """JavaScript that the front end may run."""

    def _repr_javascript_(self):
        return self.data


class Image(DisplayObject):
    """A PNG, JPEG or GIF picture from bytes or a file. The first bytes determine its format."""

    _mode = "rb"
    _SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8", "gif": b"GIF8"}

    def __init__(
        self, data=None, url=None, filename=None, format=None, embed=None, width=None, height=None, alt=None, **kwargs
    ):
        if isinstance(data, str):
            looks_remote = data.startswith(("http:", "https:"))
            data, url, filename = None, data if looks_remote else url, filename if looks_remote else data
        self.width = width
        self.height = height
        self.alt = alt
        self.embed = embed if embed is not None else url is None
        super().__init__(data, url, filename, kwargs.get("metadata"))
        if self.embed and not isinstance(self.data, bytes):
            raise ValueError("Image expects bytes, a file name or a URL")
        self.format = (format or self._detect_format()).lower().replace("jpg", "jpeg")

    def reload(self):
        if self.embed:
            super().reload()

    def _detect_format(self):
        for name, signature in self._SIGNATURES.items():
            if (self.data or b"").startswith(signature):
                return name
        return "png"

    def _repr_html_(self):
        if self.embed:
            return None
        sizes = "".join(f' {name}="{value}"' for name, value in self._sizes().items() if name != "alt")
        alt = f' alt="{html.escape(self.alt)}"' if self.alt else ""
        return f'<img src="{self.url}"{sizes}{alt}/>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not self.embed:
            return None
        mime = f"image/{self.format}"
        sizes = self._sizes()
        return {mime: base64.b64encode(self.data).decode("ascii")}, {mime: sizes} if sizes else {}

    def _sizes(self):
        sizes = {"width": self.width, "height": self.height, "alt": self.alt, **self.metadata}
        return {name: value for name, value in sizes.items() if value is not None}


class Code(TextDisplayObject):
    """Source code, displayed without syntax highlighting."""

    def __init__(self, data=None, url=None, filename=None, language=None):
        self.language = language
        super().__init__(data, url, filename)

    def __repr__(self):
        return self.data

    def _repr_html_(self):
        return f'<div class="highlight"><pre>{html.escape(self.data, quote=False)}\n</pre></div>\n'


class ProgressBar:
    """A progress bar. Iterating over it or setting ``progress`` updates it."""

    _WIDTH = 60  # columns

    def __init__(self, total):
        self.total = total
        self._progress = 0
        self.html_width = "60ex"
        self.text_width = self._WIDTH
        self._display_id = None

    def __repr__(self):
        fraction = self.progress / self.total
        filled = "=" * int(fraction * self.text_width)
        rest = " " * (self.text_width - len(filled))
        return f"[{filled}{rest}] {self.progress}/{self.total}"

    def _repr_html_(self):
        return f"<progress style='width:{self.html_width}' max='{self.total}' value='{self.progress}'></progress>"

    @property
    def progress(self):
        return self._progress

    @progress.setter
    def progress(self, value):
        self._progress = value
        self.update()

    def display(self):
        from .display_functions import display

        self._display_id = display(self, display_id=True).display_id

    def update(self):
        from .display_functions import display

        if self._display_id is not None:
            display(self, display_id=self._display_id, update=True)

    def __iter__(self):
        self.display()
        self._progress = -1
        return self

    def __next__(self):
        if self.progress + 1 >= self.total:
            self.progress = self.total
            raise StopIteration
        self.progress += 1
        return self.progress
