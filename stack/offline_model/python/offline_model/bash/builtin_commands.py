"""Implement the commands that are built into the shell, because they change its state."""

import os
import time


class Exit(Exception):
    """Raised to end the script."""


def _cd(shell, arguments, stdout, stderr):
    target = arguments[0] if arguments else shell.variables.get("HOME", "/")
    path = os.path.normpath(shell.path(target))
    if not os.path.isdir(path):
        reason = "Not a directory" if os.path.exists(path) else "No such file or directory"
        stderr(f"{shell.name}: line 1: cd: {target}: {reason}\n")
        return 1
    shell.directory = path


def _export(shell, arguments, stdout, stderr):
    for argument in arguments:
        name, separator, value = argument.partition("=")
        if separator:
            shell.variables[name] = value


def _unset(shell, arguments, stdout, stderr):
    for name in arguments:
        shell.variables.pop(name, None)


def _exit(shell, arguments, stdout, stderr):
    if arguments:
        shell.status = int(arguments[0]) % 256
    raise Exit


def _set(shell, arguments, stdout, stderr):
    for argument in arguments:
        if argument[0] in "+-" and "e" in argument:
            shell.exits_on_error = argument[0] == "-"


def _sleep(shell, arguments, stdout, stderr):
    time.sleep(sum(float(argument.rstrip("s")) for argument in arguments))


BUILTINS = {
    "cd": _cd,
    "export": _export,
    "unset": _unset,
    "exit": _exit,
    "sleep": _sleep,
    "pwd": lambda shell, arguments, stdout, stderr: stdout(f"{shell.directory}\n") and 0,
    "set": _set,
    ":": lambda *_: 0,
    "true": lambda *_: 0,
    "false": lambda *_: 1,
}  # maps a name to its ``function(shell, arguments, stdout, stderr)``, which returns the exit status or None for 0
