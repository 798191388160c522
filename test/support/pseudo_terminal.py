"""Run a command in a pseudo-terminal for pseudo_terminal.ts.

Arguments: rows, columns, then the command. The command's output goes to stdout unchanged. Each line of stdin is a JSON
object: {"write": text} types the text, {"resize": [rows, columns]} changes the window's size, {"signal": number} sends a
signal to the command, and {"close": true} closes the window, so that the command receives SIGHUP. The end of stdin kills
the command and the processes in its group.

The exit code is the command's, or 128 plus the number of the signal that ended it.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def write_all(file, data):
    while data:
        data = data[os.write(file, data):]


def handle_request(line, terminal, child):
    request = json.loads(line)
    if "write" in request:
        write_all(terminal, request["write"].encode())
    elif "resize" in request:
        resize(terminal, *request["resize"])
    elif "signal" in request:
        os.kill(child, request["signal"])


def relay(terminal, child):
    requests = b""
    sources = [0, terminal]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if terminal in ready:
            try:
                output = os.read(terminal, 65536)
            except OSError:  # Linux reports EIO when no process has the terminal open any more
                output = b""
            if not output:
                return
            write_all(1, output)
        if 0 in ready:
            piece = os.read(0, 65536)
            if not piece:
                sources.remove(0)
                os.killpg(child, signal.SIGKILL)
            *lines, requests = (requests + piece).split(b"\n")
            for line in lines:
                if "close" in json.loads(line):
                    os.close(terminal)
                    return
                handle_request(line, terminal, child)


def main():
    rows, columns, *command = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        resize(0, int(rows), int(columns))
        os.execvp(command[0], command)
    try:
        relay(terminal, child)
    except BrokenPipeError:
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    sys.exit(code if code >= 0 else 128 - code)


main()
