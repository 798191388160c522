"""Replace escape sequences such as ``\\n`` in the arguments of ``echo``, ``printf`` and ``tr``."""

import codecs
import re

_ESCAPE = re.compile(r"\\(?:[abefnrtv\\\"]|0?[0-7]{1,3}|x[0-9a-fA-F]{1,2})")


def unescape(text):
    """Return a text with its escape sequences replaced by the characters that they denote."""

    def replace(match):
        body = match.group()
        return "\x1b" if body == "\\e" else codecs.decode(body.replace("\\0", "\\", 1), "unicode_escape")

    return _ESCAPE.sub(replace, text)
