"""The only ways out of Python: a line of JSON to the process that runs us, and a wait that an interrupt ends."""

import json
import math

muted = False  # while earlier cells are run again: nothing is reported, and sleeping takes no time

intercept = None  # ``intercept(name, arguments)`` sees each call first; it returns True for those that it keeps

_quote = json.encoder.encode_basestring_ascii  # json.dumps takes longer than sending; a cell may print a lot

_write_line = None
_wait = None


def attach(write_line, wait):
    """Connects the host's functions.

    ``write_line(text)`` sends one line. ``wait(milliseconds)`` blocks (for ever when negative) and returns True when an
    interrupt ended the wait.
    """
    global _write_line, _wait
    _write_line = write_line
    _wait = wait


def stream(name, text):
    """Reports text that the cell wrote to ``stdout`` or ``stderr``."""
    if text and not muted:
        _write_line(f'{{"type":"stream","name":"{name}","text":{_quote(text)}}}')


def call(name, **arguments):
    """Reports a call of the tool ``execute_result``, ``display`` or ``error``."""
    if intercept is not None and intercept(name, arguments):
        return
    if not muted:
        _write_line(json.dumps({"type": "call", "name": name, "arguments": _jsonable(arguments)}))


def sleep(seconds):
    """Waits, as ``time.sleep``; for ever when ``seconds`` is None. An interrupt raises KeyboardInterrupt."""
    if muted and seconds is not None:
        return
    if _wait(-1 if seconds is None else seconds * 1000):
        raise KeyboardInterrupt


def _jsonable(value):
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float)):
        return value
    return repr(value)
