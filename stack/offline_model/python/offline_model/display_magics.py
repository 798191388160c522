"""Implement the magics that configure how values and errors are shown, such as %precision, %config and %xmode."""

import ast
import sys

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import for_type

from .magics import line_magic

_PLAIN_FLOAT = "%r"
_THEMES = ["nocolor", "linux", "neutral", "neutral:nt", "neutral:posix", "lightbg", "pride", "pride:l", "gruvbox-dark"]
_CONFIGURABLE = """
AliasManager DisplayFormatter HistoryManager IPCompleter IPKernelApp LoggingMagics MagicsManager OSMagics
PrefilterManager ScriptMagics StoreMagics ZMQDisplayPublisher ZMQInteractiveShell
""".split()

MODES = ("Plain", "Context", "Verbose", "Minimal", "Docs")  # of %xmode, in the order of switching


@line_magic("precision")
def _precision(shell, line):
    return set_precision(line.strip())


def set_precision(text):
    """Set the number of digits or the format string for floats, and return the format. Raise ValueError if it is invalid."""
    try:
        form = text if "%" in text else f"%.{int(text)}f" if text else _PLAIN_FLOAT
        form % 3.14159
    except Exception:
        raise ValueError(f"Precision must be int or format string, not {text!r}") from None
    for_type(float, lambda value, p, cycle: p.text(form % value))
    return form


@line_magic("config")
def _config(shell, line):
    text = line.strip()
    if not text:
        sys.stdout.write("Available objects for config:\n" + "".join(f"    {name}\n" for name in _CONFIGURABLE))
        return
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        if name in _CONFIGURABLE:
            sys.stdout.write(f"The offline model has no options for {name}.\n")
            return
        raise UsageError(f"Invalid config statement: {text!r}, should be `Class.trait = value`.")
    if name.endswith("Shell.ast_node_interactivity"):
        InteractiveShell.ast_node_interactivity = ast.literal_eval(value)


@line_magic("xmode")
def _xmode(shell, line):
    current = shell.namespace.exception_mode
    mode = line.strip().capitalize() or MODES[(MODES.index(current) + 1) % len(MODES)]
    if mode not in MODES:
        raise ValueError(f"Unrecognized mode in FormattedTB: <{mode}>\nValid modes: {list(MODES)}")
    shell.namespace.exception_mode = mode
    sys.stdout.write(f"Exception reporting mode: {mode}\n")


@line_magic("colors")
def _colors(shell, line):
    if not line.strip():
        raise UsageError(
            "%colors: you must specify a color theme. See '%colors?'. Available themes: " + repr(_THEMES)
        )


@line_magic("automagic")
def _automagic(shell, line):
    namespace = shell.namespace
    word = line.strip().lower()
    namespace.is_automagic = not namespace.is_automagic if not word else word in ("on", "1", "true")
    state = "ON, % prefix IS NOT" if namespace.is_automagic else "OFF, % prefix IS"
    sys.stdout.write(f"\nAutomagic is {state} needed for line magics.\n")


@line_magic("pdb")
def _pdb(shell, line):
    word = line.strip().lower()
    namespace = shell.namespace
    namespace.calls_pdb = not namespace.calls_pdb if not word else word in ("on", "1")
    sys.stdout.write(f"Automatic pdb calling has been turned {'ON' if namespace.calls_pdb else 'OFF'}\n")


@line_magic("clear", "cls")
def _clear(shell, line):
    sys.stdout.write("\x1b[H\x1b[2J")
