"""The only ways out of Python: a line of JSON to the process that runs us, a wait that an interrupt ends, and questions for a module
and for input.

All are devices, so that no object of JavaScript is ever in reach of a cell.
"""

import errno
import json
import math
import os

from .word_size import with_whole_addresses

muted = False  # while earlier cells are run again: nothing is reported, and sleeping takes no time

can_ask = False  # whether somebody can be asked for input

replays = False  # whether the whole cell is run again: nobody is asked

answers = []  # the answers to the next requests for input; up to the last of them the cell is muted

intercept = None  # ``intercept(name, arguments)`` sees each call first; it returns True for those that it keeps

_quote = json.encoder.encode_basestring_ascii  # json.dumps takes longer than sending; a cell may print a lot

_FLUSH_INTERVAL = 0.2  # seconds after which the host shows what was written: ipykernel's

_unflushed = {}  # the names of the streams that were written to, in that order

_OUTPUTS = "/dev/outputs"
_WAIT = "/dev/wait"
_IMPORTS = "/dev/imports"
_INPUT = "/dev/input"

_READ_SIZE = 1 << 20

_open, _read, _write = os.open, os.read, os.write  # a cell may replace those of the module
_descriptors = {}


def attach():
    """Connects the devices, after every boot: a snapshot holds no open files."""
    _descriptors.clear()
    for device in (_OUTPUTS, _WAIT, _IMPORTS, _INPUT):
        _descriptors[device] = _open(device, os.O_RDWR)


def _send(device, data):
    try:
        _write(_descriptors[device], data)
    except OSError as error:
        if error.errno != errno.EBADF:  # a cell closed what it did not open
            raise
        _descriptors[device] = _open(device, os.O_RDWR)
        _write(_descriptors[device], data)


def _report(line):
    _send(_OUTPUTS, line.encode("ascii"))


def _wait(milliseconds):
    """Blocks, indefinitely when negative. Returns True when an interrupt ended the wait."""
    _send(_WAIT, str(milliseconds).encode())
    return _read(_descriptors[_WAIT], 1) == b"\x01"


def stream(name, text):
    """Reports text that the cell wrote to ``stdout`` or ``stderr``."""
    text = with_whole_addresses(text)
    if text and not muted:
        _unflushed.setdefault(name)
        _report(f'{{"type":"stream","name":"{name}","text":{_quote(text)}}}')


def flush(*names):
    """Shows what was written to these streams, where the host keeps it for a while."""
    for name in names:
        if name in _unflushed:
            del _unflushed[name]
            _report(f'{{"type":"stream","name":"{name}","text":""}}')


def call(name, **arguments):
    """Reports a call of the tool ``execute_result``, ``display`` or ``error``."""
    if intercept is not None and intercept(name, arguments):
        return
    if not muted:
        _unflushed.clear()
        _report(json.dumps({"type": "call", "name": name, "arguments": _jsonable(arguments)}))


def sleep(seconds):
    """Waits, as ``time.sleep``; indefinitely when ``seconds`` is None. An interrupt raises KeyboardInterrupt."""
    if muted and seconds is not None:
        return
    if seconds is None or seconds >= _FLUSH_INTERVAL:
        flush(*_unflushed)
    if _wait(-1 if seconds is None or math.isinf(seconds) else seconds * 1000):
        raise KeyboardInterrupt


def ask_for_module(module, loaded):
    """Asks for a missing module. An interrupt raises KeyboardInterrupt.

    :param loaded: the file names of the wheels that are there
    :returns: ``isKnown``, ``reason`` where it cannot be imported, and ``wheels``: pairs of a file name and what is in it
    """
    _send(_IMPORTS, json.dumps({"module": module, "loaded": loaded}).encode())
    head = _read(_descriptors[_IMPORTS], _READ_SIZE)
    if not head:
        raise KeyboardInterrupt
    answer = json.loads(head)
    answer["wheels"] = [(wheel["fileName"], _read_piece(wheel["size"])) for wheel in answer["wheels"]]
    return answer


def begin(is_muted, asks, given):
    """Begins a cell: whether it is muted, whether it can ask for input, and what is known of the answers."""
    global muted, can_ask, replays, answers
    can_ask, replays, answers = asks, is_muted, given
    muted = is_muted or bool(given)


def ask(prompt, password):
    """Asks for a line of input; returns ``{"typed": line}`` or ``{"raises": exception}``. An interrupt raises KeyboardInterrupt."""
    global muted
    if answers:
        answer = answers.pop(0)
        muted = replays or bool(answers)
        return answer
    if replays:  # nobody has answered, so it was interrupted here
        raise KeyboardInterrupt
    _unflushed.clear()
    _send(_INPUT, json.dumps({"prompt": prompt, "password": password}).encode())
    answer = b""
    while piece := _read(_descriptors[_INPUT], _READ_SIZE):
        answer += piece
    if not answer:
        raise KeyboardInterrupt
    return json.loads(answer)


def _read_piece(size):
    data = bytearray()
    while len(data) < size:
        data += _read(_descriptors[_IMPORTS], min(size - len(data), _READ_SIZE))
    return bytes(data)


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
