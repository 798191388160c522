"""Implement %pycat, %save and %store, and the magics that are not supported."""

import os
import sys

from IPython.core.error import UsageError

from .magics import cell_magic, line_magic
from .session_magics import history_numbers
from .transform import transform_cell

_NO_DEBUGGER = "has no debugger"

VALUE_MAX = 50  # characters of a stored value's text that %store lists


@line_magic("pycat", "more", "less", "page")
def _pycat(shell, line):
    name = os.path.expanduser(line.strip())
    try:
        with open(name, encoding="utf-8") as file:
            sys.stdout.write(file.read())
    except OSError:
        if name in shell.user_ns:
            sys.stdout.write(str(shell.user_ns[name]))
        else:
            sys.stdout.write("Error: no such file, variable, URL, history range or macro\n")


@line_magic("save")
def _save(shell, line):
    words = [word for word in line.split() if not word.startswith("-")]
    if not words:
        raise UsageError("%save: you must specify the name of a file.")
    name = words[0] if words[0].endswith((".py", ".ipy")) else f"{words[0]}.py"
    if os.path.isfile(name) and "-f" not in line.split() and "-a" not in line.split():
        sys.stdout.write(f"File `{name}` exists. Use `%save -f {name}` to overwrite.\n")
        return
    sources = (shell.user_ns["_ih"][number] for number in history_numbers(shell, {}, words[1:]))
    text = "".join(transform_cell(source) for source in sources)
    with open(name, "a" if "-a" in line.split() else "w", encoding="utf-8") as file:
        file.write(text)
    sys.stdout.write(f"The following commands were written to file `{name}`:\n{text}")


@line_magic("store")
def _store(shell, line):
    stored, words = shell.namespace.stored, line.split()
    match words:
        case []:
            width = max(map(len, stored), default=0)
            sys.stdout.write("Stored variables and their in-db values:\n")
            for name, value in sorted(stored.items()):
                sys.stdout.write(f"{name:<{width}}             -> {repr(value)[:VALUE_MAX]}\n")
        case ["-r", *names]:
            for name in names or stored:
                if name not in stored:
                    sys.stdout.write(f"no stored variable or alias {name}\n")
                else:
                    shell.user_ns[name] = stored[name]
        case ["-z"]:
            stored.clear()
        case ["-d", name]:
            stored.pop(name, None)
        case names:
            for name in names:
                if name not in shell.user_ns:
                    raise UsageError(f"Unknown variable '{name}'")
                stored[name] = shell.user_ns[name]
                sys.stdout.write(f"Stored '{name}' ({type(stored[name]).__name__})\n")


def _unsupported(reason):
    def write_reason(shell, line, cell=None):
        sys.stderr.write(f"The offline model {reason}.\n")

    return write_reason


for _name in ("load", "loadpy", "rep", "recall", "rerun", "edit", "ed"):
    line_magic(_name)(_unsupported("cannot write into another cell"))
for _name in ("quickref", "magic"):
    line_magic(_name)(_unsupported("does not contain IPython's manual: see https://ipython.readthedocs.io"))
line_magic("debug")(_unsupported(_NO_DEBUGGER))
cell_magic("debug")(_unsupported(_NO_DEBUGGER))
for _name in ("connect_info", "qtconsole", "subshell"):
    line_magic(_name)(_unsupported("is not a kernel that other programs can connect to"))
