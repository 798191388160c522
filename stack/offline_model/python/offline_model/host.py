"""Communicate with the host process: report events as JSON lines, wait, and ask for modules and for input.

Each channel is a device file, so that cells cannot reach any JavaScript object. There are no other channels.
"""

import errno
import json
import math
import os

from .word_size import with_64_bit_addresses

muted = False  # True while an earlier cell is run again: nothing is reported, and sleeping takes no time

can_ask = False  # whether the front end supports input requests

is_replay = False  # whether the cell is run again to its end, so that no input is requested

answers = []  # the known answers to the next input requests; the cell is muted up to the last of them

intercept = None  # ``intercept(name, arguments)`` is called before a tool call is reported; True suppresses the report

_quote_json = json.encoder.encode_basestring_ascii  # faster than json.dumps, which takes longer than sending the text

_FLUSH_INTERVAL = 0.2  # seconds after which the host shows written text; the same as in ipykernel

_unflushed = {}  # the names of the streams with unflushed text, in the order of writing

_OUTPUTS = "/dev/outputs"
_WAIT = "/dev/wait"
_IMPORTS = "/dev/imports"
_INPUT = "/dev/input"

_READ_SIZE = 1 << 20

_open, _read, _write = os.open, os.read, os.write  # a cell can replace the functions of the module os
_descriptors = {}


def attach():
    """Open the devices. This is necessary after every boot, because a snapshot contains no open files."""
    _descriptors.clear()
    for device in (_OUTPUTS, _WAIT, _IMPORTS, _INPUT):
        _descriptors[device] = _open(device, os.O_RDWR)


def _send(device, data):
    try:
        _write(_descriptors[device], data)
    except OSError as error:
        if error.errno != errno.EBADF:  # otherwise a cell has closed the file descriptor
            raise
        _descriptors[device] = _open(device, os.O_RDWR)
        _write(_descriptors[device], data)


def _report(line):
    _send(_OUTPUTS, line.encode("ascii"))


def _wait(milliseconds):
    """Wait, indefinitely if the time is negative. Return whether an interrupt ended the wait."""
    _send(_WAIT, str(milliseconds).encode())
    return _read(_descriptors[_WAIT], 1) == b"\x01"


def stream(name, text):
    """Report text that the cell wrote to ``stdout`` or ``stderr``."""
    text = with_64_bit_addresses(text)
    if text and not muted:
        _unflushed.setdefault(name)
        _report(f'{{"type":"stream","name":"{name}","text":{_quote_json(text)}}}')


def flush(*names):
    """Make the host show the text that it buffers for these streams."""
    for name in names:
        if name in _unflushed:
            del _unflushed[name]
            _report(f'{{"type":"stream","name":"{name}","text":""}}')


def call(name, **arguments):
    """Report a call of the tool ``execute_result``, ``display`` or ``error``."""
    if intercept is not None and intercept(name, arguments):
        return
    if not muted:
        _unflushed.clear()
        _report(json.dumps({"type": "call", "name": name, "arguments": _jsonable(arguments)}))


def sleep(seconds):
    """Wait like ``time.sleep``, or indefinitely if ``seconds`` is None. Raise KeyboardInterrupt for an interrupt."""
    if muted and seconds is not None:
        return
    if seconds is None or seconds >= _FLUSH_INTERVAL:
        flush(*_unflushed)
    if _wait(-1 if seconds is None or math.isinf(seconds) else seconds * 1000):
        raise KeyboardInterrupt


def ask_for_module(module, loaded):
    """Request the wheels of a missing module. Raise KeyboardInterrupt for an interrupt.

    :param loaded: the file names of the wheels that are installed
    :returns: a dictionary of ``isKnown``, ``reason`` if the module cannot be imported, and ``wheels``: pairs of a file
        name and the wheel's bytes
    """
    _send(_IMPORTS, json.dumps({"module": module, "loaded": loaded}).encode())
    head = _read(_descriptors[_IMPORTS], _READ_SIZE)
    if not head:
        raise KeyboardInterrupt
    answer = json.loads(head)
    answer["wheels"] = [(wheel["fileName"], _read_wheel(wheel["size"])) for wheel in answer["wheels"]]
    return answer


def begin_cell(is_muted, has_input, known_answers):
    """Set the state of a cell that begins.

    :param is_muted: whether the cell is run again only for its effects on the namespace
    :param has_input: whether the front end supports input requests
    :param known_answers: the answers to the cell's first input requests
    """
    global muted, can_ask, is_replay, answers
    can_ask, is_replay, answers = has_input, is_muted, known_answers
    muted = is_muted or bool(known_answers)


def ask(prompt, password):
    """Request a line of input. Raise KeyboardInterrupt for an interrupt.

    :returns: ``{"typed": line}`` or ``{"raises": exception}``
    """
    global muted
    if answers:
        answer = answers.pop(0)
        muted = is_replay or bool(answers)
        return answer
    if is_replay:  # the request was never answered, so the cell was interrupted here
        raise KeyboardInterrupt
    _unflushed.clear()
    _send(_INPUT, json.dumps({"prompt": prompt, "password": password}).encode())
    answer = b""
    while piece := _read(_descriptors[_INPUT], _READ_SIZE):
        answer += piece
    if not answer:
        raise KeyboardInterrupt
    return json.loads(answer)


def _read_wheel(size):
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
