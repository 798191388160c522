"""Imitate IPython.lib.display: frames, sounds and links."""

import base64
import html
import io
import os
import struct
import wave
from urllib.parse import urlencode

from IPython.core.display import DisplayObject


class IFrame:
    """A web page in an ``<iframe>``."""

    _LAYOUT = """
        <iframe
            width="{width}"
            height="{height}"
            src="{source}"
            frameborder="0"
            allowfullscreen
            {extras}
        ></iframe>
        """

    def __init__(self, src, width, height, extras=None, **kwargs):
        self.src = src
        self.width = width
        self.height = height
        self.extras = extras or []
        self.params = kwargs

    def _repr_html_(self):
        source = f"{self.src}?{urlencode(self.params)}" if self.params else self.src
        extras = " ".join(self.extras)
        return self._LAYOUT.format(width=self.width, height=self.height, source=source, extras=extras)


class YouTubeVideo(IFrame):
    """A YouTube video with the given id."""

    def __init__(self, id, width=400, height=300, allow_autoplay=False, **kwargs):
        self.id = id
        if allow_autoplay:
            kwargs.update(autoplay=1, extras=[*kwargs.get("extras", []), 'allow="autoplay"'])
        super().__init__(f"https://www.youtube.com/embed/{id}", width, height, **kwargs)


class VimeoVideo(IFrame):
    """A Vimeo video with the given id."""

    def __init__(self, id, width=400, height=300, **kwargs):
        self.id = id
        super().__init__(f"https://player.vimeo.com/video/{id}", width, height, **kwargs)


class Audio(DisplayObject):
    """A sound from bytes, a file, a URL, or samples with their ``rate`` per second."""

    _mode = "rb"

    def __init__(
        self, data=None, filename=None, url=None, embed=None, rate=None, autoplay=False, normalize=True, *, element_id=None
    ):
        if isinstance(data, str):
            looks_remote = data.startswith(("http:", "https:"))
            data, url, filename = None, data if looks_remote else url, filename if looks_remote else data
        if data is not None and not isinstance(data, bytes):
            if rate is None:
                raise ValueError("rate must be specified when data is a numpy array or list of audio samples.")
            data = _wav(data, rate, normalize)
        self.embed = url is None if embed is None else embed
        self.autoplay = autoplay
        self.element_id = element_id
        self.mimetype = "audio/wav"
        self._url = url
        super().__init__(data=data, filename=filename)

    def _repr_html_(self):
        source = self._url or f"data:{self.mimetype};base64,{base64.b64encode(self.data).decode()}"
        kind = self.mimetype if self._url is None else None
        return f"""
                <audio {f'id="{self.element_id}"' if self.element_id else ""} controls="controls" {'autoplay="autoplay"' if self.autoplay else ""}>
                    <source src="{source}" {f'type="{kind}" ' if kind else ""}/>
                    Your browser does not support the audio element.
                </audio>
              """


def _wav(samples, rate, normalize):
    """Return samples as a WAV file with one channel of 16 bits. Raise ValueError for samples that are too large."""
    values = [float(value) for value in samples]
    largest = max(map(abs, values), default=1) or 1
    if not normalize and largest > 1:
        raise ValueError("Audio data must be between -1 and 1 when normalize=False.")
    scale = 32767 / (largest if normalize else 1)
    output = io.BytesIO()
    with wave.open(output, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", int(value * scale)) for value in values))
    return output.getvalue()


class FileLink:
    """A link to a file. Raises ValueError for a directory."""

    _LINK = "<a href='%s' target='_blank'>%s</a>"

    def __init__(self, path, url_prefix="", result_html_prefix="", result_html_suffix="<br>"):
        if os.path.isdir(path):
            raise ValueError(f"Cannot display a directory using FileLink. Use FileLinks to display '{path}'.")
        self.path = path
        self.url_prefix = url_prefix
        self.result_html_prefix = result_html_prefix
        self.result_html_suffix = result_html_suffix

    def _repr_html_(self):
        if not os.path.exists(self.path):
            return (
                f"Path (<tt>{self.path}</tt>) doesn't exist. It may still be in the process of being generated, or you may"
                " have the incorrect path."
            )
        link = self._LINK % (html.escape(f"{self.url_prefix}{self.path}"), html.escape(str(self.path), quote=False))
        return f"{self.result_html_prefix}{link}{self.result_html_suffix}"

    def __repr__(self):
        return os.path.abspath(self.path)
