"""Implement the programs for files and folders, and those that describe the system."""

import fnmatch
import os
import shutil
import time

from .programs import FAILED, find, program


def _try_on_path(call, action, name, description, quotes="''"):
    try:
        action(call.shell.path(name))
    except OSError as error:
        return call.fail(f"{description} {quotes[0]}{name}{quotes[1]}: {error.strerror}")
    return 0


@program("mkdir", "pv")
def _mkdir(call):
    make = (lambda path: os.makedirs(path, exist_ok=True)) if "-p" in call.options else os.mkdir
    return max([_try_on_path(call, make, name, "cannot create directory", "‘’") for name in call.arguments], default=FAILED)


@program("rmdir", "p")
def _rmdir(call):
    return max([_try_on_path(call, os.rmdir, name, "failed to remove") for name in call.arguments], default=FAILED)


@program("rm", "rRfv")
def _rm(call):
    status = 0
    for name in call.arguments:
        path = call.shell.path(name)
        if os.path.isdir(path) and not os.path.islink(path):
            if not {"-r", "-R"} & set(call.options):
                status = call.fail(f"cannot remove '{name}': Is a directory")
                continue
            status = max(status, _try_on_path(call, shutil.rmtree, name, "cannot remove"))
        elif os.path.lexists(path) or "-f" not in call.options:
            status = max(status, _try_on_path(call, os.remove, name, "cannot remove"))
    return status


@program("touch")
def _touch(call):
    return max([_try_on_path(call, lambda path: open(path, "a").close(), name, "cannot touch") for name in call.arguments])


@program("cp mv", "rRafvp")
def _cp_mv(call):
    *sources, target = call.arguments
    move = shutil.move if call.name == "mv" else None
    status, is_recursive = 0, {"-r", "-R", "-a"} & set(call.options)
    for name in sources:
        path, destination = call.shell.path(name), call.shell.path(target)
        if not os.path.lexists(path):
            status = call.fail(f"cannot stat '{name}': No such file or directory")
            continue
        if os.path.isdir(destination):
            destination = os.path.join(destination, os.path.basename(path.rstrip("/")))
        if os.path.isdir(path) and move is None and not is_recursive:
            status = call.fail(f"-r not specified; omitting directory '{name}'")
            continue
        copy = shutil.copytree if os.path.isdir(path) else shutil.copy
        status = max(status, _try_on_path(call, lambda _: (move or copy)(path, destination), target, "cannot create"))
    return status


@program("find", None)
def _find(call):
    words, starts = list(call.arguments), []
    while words and not words[0].startswith("-"):
        starts.append(words.pop(0))
    tests = dict(zip(words[::2], words[1::2]))
    for start in starts or ["."]:
        if not os.path.lexists(call.shell.path(start)):
            return call.fail(f"‘{start}’: No such file or directory")
        call.stdout("".join(f"{name}\n" for name in _walk(call.shell, start) if _matches(call.shell, name, tests)))
    return 0


def _walk(shell, name):
    yield name
    path = shell.path(name)
    if os.path.isdir(path) and not os.path.islink(path):
        for entry in sorted(os.listdir(path)):
            yield from _walk(shell, f"{name.rstrip('/')}/{entry}")


def _matches(shell, name, tests):
    is_folder = os.path.isdir(shell.path(name))
    pattern = tests.get("-name")
    return (pattern is None or fnmatch.fnmatchcase(os.path.basename(name), pattern)) and (
        "-type" not in tests or (tests["-type"] == "d") == is_folder
    )


@program("basename dirname")
def _name_part(call):
    part = getattr(os.path, call.name)(call.arguments[0].rstrip("/") or "/")
    suffix = call.arguments[1] if len(call.arguments) > 1 else ""
    call.stdout((part.removesuffix(suffix) or ".") + "\n")


@program("which")
def _which(call):
    known = [name for name in call.arguments if find(name)]
    call.stdout("".join(f"/usr/bin/{name}\n" for name in known))
    return 0 if len(known) == len(call.arguments) else FAILED


@program("whoami hostname", "")
def _whoami_hostname(call):
    call.stdout(call.shell.variables.get("USER", "user") + "\n" if call.name == "whoami" else f"{os.uname().nodename}\n")


@program("uname", "asrm")
def _uname(call):
    system = os.uname()
    if "-a" in call.options:
        call.stdout(f"{system.sysname} {system.nodename} {system.release} {system.version} {system.machine} GNU/Linux\n")
    else:
        kinds = {"-s": system.sysname, "-r": system.release, "-m": system.machine}
        call.stdout(" ".join(text for option, text in kinds.items() if option in call.options) or system.sysname)
        call.stdout("\n")


@program("env printenv", None)
def _env(call):
    if call.name == "printenv" and call.arguments:
        value = call.shell.variables.get(call.arguments[0])
        call.stdout("" if value is None else f"{value}\n")
        return 0 if value is not None else FAILED
    call.stdout("".join(f"{name}={value}\n" for name, value in call.shell.variables.items()))


@program("date", "u", ["utc"])
def _date(call):
    form = call.arguments[0].removeprefix("+") if call.arguments else "%a %b %e %H:%M:%S UTC %Y"
    call.stdout(time.strftime(form, time.gmtime()) + "\n")


@program("test [", None)
def _test(call):
    words = call.arguments[:-1] if call.name == "[" else call.arguments
    is_negated = words[:1] == ["!"]
    return int(_is_true(call.shell, words[1:] if is_negated else words) == is_negated)


def _is_true(shell, words):
    match words:
        case []:
            return False
        case [text]:
            return text != ""
        case ["-z", text]:
            return text == ""
        case ["-n", text]:
            return text != ""
        case [("-e" | "-f" | "-d" | "-s") as kind, name]:
            path = shell.path(name)
            checks = {"-e": os.path.exists, "-f": os.path.isfile, "-d": os.path.isdir}
            return checks[kind](path) if kind in checks else os.path.exists(path) and os.path.getsize(path) > 0
        case [left, ("=" | "==" | "!="), right]:
            return (left == right) == (words[1] != "!=")
        case [left, operator, right]:
            order = (int(left) > int(right)) - (int(left) < int(right))
            return order in {"-eq": (0,), "-ne": (-1, 1), "-lt": (-1,), "-le": (-1, 0), "-gt": (1,), "-ge": (0, 1)}[operator]
    return False
