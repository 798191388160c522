"""Implement the magics for the working directory, environment variables, packages, files and rich outputs."""

import functools
import importlib.metadata
import importlib.util
import os
import pathlib
import re
import shlex
import sys

from IPython.core import display as objects
from IPython.core.display_functions import display
from IPython.core.error import UsageError

from . import packages
from .ipython_frames import call_below
from .magics import cell_magic, line_magic

_SECRETS = ("key", "token", "secret")  # IPython hides the values of variables whose names contain one of these

for _name in ("matplotlib", "autoreload", "aimport", "gui", "autosave", "code_wrap", "autoawait", "autocall"):
    line_magic(_name)(lambda shell, line: None)


@line_magic("pwd")
def _pwd(shell, line):
    return os.getcwd()


@line_magic("cd")
def _cd(shell, line):
    visited = shell.user_ns["_dh"]
    words = line.split(" ", 1) if line.startswith("-q") else ["", line]
    is_quiet, target = words[0] == "-q", words[-1].strip().strip("'\"") if len(words) > 1 else ""
    target = target or "~"
    if target == "-":
        if len(visited) < 2:
            raise UsageError("%cd -: No previous directory to change to.")
        target = visited[-2]
    try:
        os.chdir(os.path.expanduser(target))
    except OSError as error:
        sys.stdout.write(f"{error}\n")
    else:
        visited.append(pathlib.Path.cwd())
    if not is_quiet:
        sys.stdout.write(f"{visited[-1]}\n")


@line_magic("env")
def _env(shell, line):
    text = line.strip()
    if not text:
        return {
            name: "<hidden>" if any(secret in name.lower() for secret in _SECRETS) else value
            for name, value in os.environ.items()
        }
    if "=" in text or " " in text:
        return _set_env(shell, text)
    if text not in os.environ:
        raise UsageError(f"Environment does not have key: {text}")
    return os.environ[text]


@line_magic("set_env")
def _set_env(shell, line):
    name, separator, value = (part.strip() for part in line.partition("=" if "=" in line else " "))
    if not line.strip() or (not separator and not value):
        raise UsageError("usage is 'set_env var=val'")
    if re.search(r"\s", name):
        raise UsageError(f"refusing to set env var with whitespace: '{value}'")
    os.environ[name] = value
    sys.stdout.write(f"env: {name}={value}\n")


@line_magic("pip")
def _pip(shell, line):
    command, *words = shlex.split(line) or [""]
    if command != "install":
        return _conda(shell, line)
    for name in (word for word in words if not word.startswith("-")):
        version = _installed_version(re.match(r"[\w.-]*", name)[0])
        if version is None:
            sys.stdout.write(
                f"ERROR: Could not find a version that satisfies the requirement {name} (from versions: none)\r\n"
                f"ERROR: No matching distribution found for {name}\r\n"
            )
            break
        sys.stdout.write(f"Requirement already satisfied: {name} in {packages.FOLDER} ({version})\r\n")
    sys.stdout.write("Note: you may need to restart the kernel to use updated packages.\n")


def _installed_version(name):
    """Return the version of a package, or None if it is missing. Load the package if that is possible."""
    try:
        importlib.util.find_spec(name)
        return importlib.metadata.version(name)
    except (ImportError, ValueError):
        return None


@line_magic("conda")
def _conda(shell, line):
    sys.stderr.write("The offline model has no network: packages cannot be installed.\n")


@cell_magic("writefile", "file")
def _writefile(shell, line, cell):
    words = shlex.split(line)
    append = "-a" in words or "--append" in words
    names = [word for word in words if not word.startswith("-")]
    if not names:
        raise UsageError("the following arguments are required: filename")
    filename = os.path.expanduser(names[-1])
    verb = "Writing" if not os.path.exists(filename) else "Appending to" if append else "Overwriting"
    sys.stdout.write(f"{verb} {filename}\n")
    with call_below(["writefile"], functools.partial(open, filename, "a" if append else "w", encoding="utf-8")) as file:
        file.write(cell)


def _displays_as(kind):
    """Return a cell magic that displays the cell as an object of a class."""
    return lambda shell, line, cell: display(kind(cell))


cell_magic("html", "HTML")(_displays_as(objects.HTML))
cell_magic("svg", "SVG")(_displays_as(objects.SVG))
cell_magic("markdown")(_displays_as(objects.Markdown))
cell_magic("latex")(_displays_as(objects.Latex))
cell_magic("javascript", "js")(_displays_as(objects.Javascript))
