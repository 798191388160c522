"""Expand the lines of magics and commands like IPython: replace ``{expression}`` and ``$name`` by their values."""

import re
import string

_DOLLAR = re.compile(r"\$(\$?[\w.]+)(?=(?:[^']*'[^']*')*[^']*$)")


class _Formatter(string.Formatter):
    def __init__(self, variables):
        self._variables = variables

    def parse(self, format_string):
        for literal, expression, spec, conversion in super().parse(format_string):
            yield _DOLLAR.sub(self._dollar, literal), expression, spec, conversion

    def get_field(self, field_name, args, kwargs):
        return eval(field_name, self._variables), None

    def _dollar(self, match):
        name = match.group(1)
        return name if name.startswith("$") else str(eval(name, self._variables))


def expand(line, variables):
    """Return the expanded line, or the unchanged line if an expression cannot be evaluated."""
    if "{" not in line and "$" not in line:
        return line
    try:
        return _Formatter(variables).vformat(line, (), {})
    except Exception:
        return line
