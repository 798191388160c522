"""Implement ``ls``: one name per line, in columns on a terminal, or in the long format."""

import os
import re
import stat
import time

from .programs import MISUSED, program

_TERMINAL_WIDTH = 80  # columns


@program("ls", "1aAlFhortSdR", ["color", "all"])
def _ls(call):
    files, folders, status = [], [], 0
    for name in call.arguments or ["."]:
        path = call.shell.path(name)
        if not os.path.lexists(path):
            status = call.fail(f"cannot access '{name}': No such file or directory", MISUSED)
        elif os.path.isdir(path) and "-d" not in call.options:
            folders.append(name)
        else:
            files.append(name)
    if files:
        call.stdout(_listing(call, _sorted_names(call, files), ""))
    for index, name in enumerate(sorted(folders)):
        if len(folders) + len(files) > 1:
            call.stdout(("\n" if files or index else "") + f"{name}:\n")
        inside = [entry for entry in os.listdir(call.shell.path(name)) if entry[0] != "." or _shows_hidden(call)]
        if "-a" in call.options:
            inside += [".", ".."]
        if "-l" in call.options:
            call.stdout(f"total {sum(_blocks(call.shell.path(os.path.join(name, entry))) for entry in inside)}\n")
        call.stdout(_listing(call, _sorted_names(call, inside, name), name))
    return status


def _shows_hidden(call):
    return "-a" in call.options or "-A" in call.options


def _blocks(path):
    return -(-os.lstat(path).st_size // 4096) * 4


def _sorted_names(call, names, folder=""):
    def status_of(name):
        return os.lstat(call.shell.path(os.path.join(folder, name)))

    names = sorted(names)
    if "-t" in call.options:
        names.sort(key=lambda name: -status_of(name).st_mtime)
    if "-S" in call.options:
        names.sort(key=lambda name: -status_of(name).st_size)
    return names[::-1] if "-r" in call.options else names


def _listing(call, names, folder):
    def path(name):
        return call.shell.path(os.path.join(folder, name))

    is_terminal = getattr(call.stdout, "is_terminal", False)
    colored = _FolderColor("--color" in call.options and is_terminal)
    shown = [
        (colored(name) if os.path.isdir(path(name)) else name)
        + ("/" if "-F" in call.options and os.path.isdir(path(name)) else "")
        for name in names
    ]
    if "-l" in call.options or "-o" in call.options:
        rows = [_long_format(path(name), name, call) for name, name in zip(names, shown)]
        width = max((len(row[1]) for row in rows), default=0)
        return "".join(f"{mode} {size:>{width}} {when} {name}\n" for mode, size, when, name in rows)
    if is_terminal and "-1" not in call.options:
        return _in_columns(shown)
    return "".join(f"{name}\n" for name in shown)


class _FolderColor:
    """Colours the names of folders like ``ls --color``."""

    def __init__(self, is_enabled):
        self._is_enabled = is_enabled
        self._reset = "\x1b[0m"  # ls resets the colour before it sets the first one

    def __call__(self, name):
        if not self._is_enabled:
            return name
        reset, self._reset = self._reset, ""
        return f"{reset}\x1b[01;34m{name}\x1b[0m"


_COLOR = re.compile(r"\x1b\[[\d;]*m")


def _width(name):
    return len(_COLOR.sub("", name))


def _long_format(path, name, call):
    status = os.lstat(path)
    user = call.shell.variables.get("USER", "user")
    size = str(status.st_size) if "-h" not in call.options else _human_readable(status.st_size)
    when = time.strftime("%b %e %H:%M", time.localtime(status.st_mtime))
    owner = user if "-o" in call.options else f"{user} {user}"
    return f"{stat.filemode(status.st_mode)} {status.st_nlink} {owner}", size, when, name


def _human_readable(size):
    for unit in ("", "K", "M"):
        if size < 1024:
            return f"{size:.1f}{unit}" if unit and size < 10 else f"{round(size)}{unit}"
        size /= 1024
    return f"{size:.1f}G"


def _in_columns(names):
    """Return the names in columns, on as few lines as the terminal's width allows."""
    for rows in range(1, len(names) + 1):
        columns = [names[start : start + rows] for start in range(0, len(names), rows)]
        widths = [max(map(_width, column)) + 2 for column in columns]
        if sum(widths) - 2 < _TERMINAL_WIDTH or rows == len(names):
            break
    lines = []
    for row in range(rows if names else 0):
        cells = [(column[row], width) for column, width in zip(columns, widths) if row < len(column)]
        lines.append("".join(name + " " * (width - _width(name)) for name, width in cells[:-1]) + cells[-1][0])
    return "".join(f"{line}\n" for line in lines)
