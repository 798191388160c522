"""Implement the magics for visited and stored folders: %dhist, %dirs, %pushd, %popd, %bookmark."""

import os
import sys

from IPython.core.error import UsageError

from .magics import line_magic, run_line


@line_magic("dhist")
def _dhist(shell, line):
    visited = shell.user_ns["_dh"]
    sys.stdout.write("Directory history (kept in _dh)\n")
    sys.stdout.write("".join(f"{number}: {folder}\n" for number, folder in enumerate(visited)))


@line_magic("dirs")
def _dirs(shell, line):
    return shell.namespace.folder_stack


@line_magic("pushd")
def _pushd(shell, line):
    folder = os.getcwd()
    if line.strip():
        run_line(shell, "cd", line)
    shell.namespace.folder_stack.insert(0, folder)
    return shell.namespace.folder_stack


@line_magic("popd")
def _popd(shell, line):
    if not shell.namespace.folder_stack:
        raise UsageError("%popd on empty stack")
    folder = shell.namespace.folder_stack.pop(0)
    run_line(shell, "cd", folder)
    sys.stdout.write(f"popd -> {folder}\n")


@line_magic("bookmark")
def _bookmark(shell, line):
    marks, words = shell.namespace.bookmarks, line.split()
    match words:
        case []:
            raise UsageError("%bookmark: You must specify the bookmark name")
        case ["-l"]:
            width = max(map(len, marks), default=0)
            sys.stdout.write("Current bookmarks:\n")
            sys.stdout.write("".join(f"{name:<{width}} -> {folder}\n" for name, folder in sorted(marks.items())))
        case ["-r"]:
            marks.clear()
        case ["-d", name]:
            if name not in marks:
                raise UsageError(f"%bookmark -d: Can't delete bookmark '{name}'")
            del marks[name]
        case [name]:
            marks[name] = os.getcwd()
        case [name, folder, *_]:
            marks[name] = folder
