"""Escapes such as ``\\n`` in what is written and translated."""

import codecs
import re

_ESCAPE = re.compile(r"\\(?:[abefnrtv\\\"]|0?[0-7]{1,3}|x[0-9a-fA-F]{1,2})")


def unescape(text):
    """A text with the characters that backslashes stand for."""

    def replace(match):
        body = match.group()
        return "\x1b" if body == "\\e" else codecs.decode(body.replace("\\0", "\\", 1), "unicode_escape")

    return _ESCAPE.sub(replace, text)
