"""Implement the programs that show, count, sort and copy the lines of files."""

import re

from .programs import FAILED, program


@program("cat", "n")
def _cat(call):
    texts = list(call.texts(call.arguments))
    for _, text in texts:
        if "-n" in call.options:
            text = "".join(f"{number:>6}\t{line}" for number, line in enumerate(text.splitlines(True), 1))
        call.stdout(text)
    return 0 if len(texts) == len(call.arguments or ["-"]) else FAILED


@program("head tail", None)
def _head_tail(call):
    count, names, words = "10", [], list(call.arguments)
    while words:
        word = words.pop(0)
        if word == "-n":
            count = words.pop(0)
        elif re.fullmatch(r"-n?[-+]?\d+", word):
            count = word.removeprefix("-").removeprefix("n")
        else:
            names.append(word)
    status, has_several = 0, len(names) > 1
    for index, name in enumerate(names or ["-"]):
        text = _read(call, name)
        if text is None:
            status = FAILED
            continue
        if has_several:
            call.stdout(("\n" if index else "") + f"==> {name} <==\n")
        lines, number = text.splitlines(True), int(count)
        if call.name == "head":
            call.stdout("".join(lines[:number]))
        else:
            call.stdout("".join(lines[number - 1 :] if count[0] == "+" else lines[len(lines) - min(number, len(lines)) :]))
    return status


def _read(call, name):
    try:
        if name == "-":
            return call.stdin
        with open(call.shell.path(name), encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()
    except OSError as error:
        call.fail(f"cannot open '{name}' for reading: {error.strerror}")
        return None


@program("wc", "lwcm")
def _wc(call):
    kinds = [kind for kind in "lwcm" if f"-{kind}" in call.options] or ["l", "w", "c"]
    rows, size = [], 0
    for name, text in call.texts(call.arguments):
        data = text.encode("utf-8", "surrogateescape")
        size += len(data)
        counts = {"l": text.count("\n"), "w": len(text.split()), "c": len(data), "m": len(text)}
        rows.append(([counts[kind] for kind in kinds], name))
    if len(rows) > 1:
        rows.append(([sum(column) for column in zip(*(counts for counts, _ in rows))], "total"))
    width = len(str(size)) if call.arguments else 7
    if len(kinds) == 1 and len(rows) == 1:
        width = 1
    for counts, name in rows:
        label = "" if name == "-" else f" {name}"
        call.stdout(" ".join(f"{number:>{width}}" for number in counts) + label + "\n")
    return 0 if len(rows) >= len(call.arguments) else FAILED


@program("sort", "rnufk:t:")
def _sort(call):
    lines = [line for _, text in call.texts(call.arguments) for line in text.splitlines()]
    column, separator = int(call.options.get("-k", "0").split(",")[0]), call.options.get("-t")

    def key(line):
        text = line.split(separator)[column - 1] if column and len(line.split(separator)) >= column else line
        number = re.match(r"\s*-?\d+(?:\.\d+)?", text)
        if "-n" in call.options:
            return float(number.group()) if number else 0.0, line
        return (text.lower() if "-f" in call.options else text), line

    lines.sort(key=key, reverse="-r" in call.options)
    if "-u" in call.options:
        lines = list(dict.fromkeys(lines))
    call.stdout("".join(f"{line}\n" for line in lines))


@program("uniq", "cdu")
def _uniq(call):
    groups = []
    for _, text in call.texts(call.arguments[:1]):
        for line in text.splitlines():
            if groups and groups[-1][1] == line:
                groups[-1][0] += 1
            else:
                groups.append([1, line])
    for count, line in groups:
        if ("-d" in call.options and count == 1) or ("-u" in call.options and count > 1):
            continue
        call.stdout(f"{count:>7} {line}\n" if "-c" in call.options else f"{line}\n")


@program("tee", "a")
def _tee(call):
    for name in call.arguments:
        with open(call.shell.path(name), "a" if "-a" in call.options else "w", encoding="utf-8") as file:
            file.write(call.stdin)
    call.stdout(call.stdin)
