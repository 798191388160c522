"""Programs that read text and write text."""

import codecs
import re

from .programs import FAILED, program

_ESCAPE = re.compile(r"\\(?:[abefnrtv\\\"]|0?[0-7]{1,3}|x[0-9a-fA-F]{1,2})")
_FORMAT = re.compile(r"%(%|[-+ 0#]*\d*(?:\.\d+)?[sdioxXfeg c])")


@program("echo", None)
def _echo(call):
    words, is_escaped, end = list(call.arguments), False, "\n"
    while words and re.fullmatch(r"-[neE]+", words[0]):
        option = words.pop(0)
        end = "" if "n" in option else end
        is_escaped = "e" in option or (is_escaped and "E" not in option)
    text = " ".join(words)
    call.stdout((_unescaped(text) if is_escaped else text) + end)


@program("printf", None)
def _printf(call):
    if not call.arguments:
        return call.fail("usage: printf [-v var] format [arguments]", 2)
    form, *words = call.arguments
    form, is_first = _unescaped(form), True
    while is_first or words:
        is_first, had = False, len(words)

        def replace(match):
            spec = match.group(1)
            if spec == "%":
                return "%"
            word = words.pop(0) if words else ""
            if spec[-1] in "sc":
                return f"%{spec}" % word
            return f"%{spec}" % (float(word or 0) if spec[-1] in "feg" else int(word or 0))

        call.stdout(_FORMAT.sub(replace, form))
        if len(words) == had:
            break


def _unescaped(text):
    def replace(match):
        body = match.group()
        return "\x1b" if body == "\\e" else codecs.decode(body.replace("\\0", "\\", 1), "unicode_escape")

    return _ESCAPE.sub(replace, text)


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
    status, several = 0, len(names) > 1
    for index, name in enumerate(names or ["-"]):
        text = _opened(call, name)
        if text is None:
            status = FAILED
            continue
        if several:
            call.stdout(("\n" if index else "") + f"==> {name} <==\n")
        lines, number = text.splitlines(True), int(count)
        if call.name == "head":
            call.stdout("".join(lines[:number]))
        else:
            call.stdout("".join(lines[number - 1 :] if count[0] == "+" else lines[len(lines) - min(number, len(lines)) :]))
    return status


def _opened(call, name):
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


@program("grep", "ivncEFoqrlwe:")
def _grep(call):
    words = list(call.arguments)
    pattern = call.options.get("-e") or words.pop(0)
    source = re.escape(pattern) if "-F" in call.options else pattern
    if "-E" not in call.options:
        source = re.sub(r"\\([|+?(){}])|([|+?(){}])", lambda match: match.group(1) or f"\\{match.group(2)}", source)
    regex = re.compile(rf"\b(?:{source})\b" if "-w" in call.options else source, re.I if "-i" in call.options else 0)
    found = False
    for name, text in call.texts(words):
        lines = enumerate(text.splitlines(), 1)
        hits = [(number, line) for number, line in lines if bool(regex.search(line)) != ("-v" in call.options)]
        found = found or bool(hits)
        prefix = f"{name}:" if len(words) > 1 else ""
        if "-q" in call.options:
            continue
        if "-l" in call.options:
            call.stdout(f"{name}\n" if hits else "")
        elif "-c" in call.options:
            call.stdout(f"{prefix}{len(hits)}\n")
        else:
            for number, line in hits:
                texts = [match.group() for match in regex.finditer(line)] if "-o" in call.options else [line]
                where = prefix + (f"{number}:" if "-n" in call.options else "")
                call.stdout("".join(f"{where}{text}\n" for text in texts))
    return 0 if found else FAILED


@program("cut", "d:f:c:")
def _cut(call):
    fields = list(_ranges(call.options.get("-f") or call.options.get("-c", "1")))
    delimiter = call.options.get("-d", "\t")
    for _, text in call.texts(call.arguments):
        for line in text.splitlines():
            parts = list(line) if "-c" in call.options else line.split(delimiter)
            if "-c" not in call.options and len(parts) == 1:
                call.stdout(f"{line}\n")
                continue
            chosen = [part for index, part in enumerate(parts, 1) if any(index in numbers for numbers in fields)]
            call.stdout(("" if "-c" in call.options else delimiter).join(chosen) + "\n")


def _ranges(text):
    for part in text.split(","):
        first, dash, last = part.partition("-")
        yield range(int(first or 1), (int(last) if last else 10**6) + 1 if dash else int(first) + 1)


@program("tr", "ds")
def _tr(call):
    sets = [_characters(word) for word in call.arguments]
    if "-d" in call.options:
        call.stdout("".join(char for char in call.stdin if char not in sets[0]))
    elif "-s" in call.options and len(sets) == 1:
        call.stdout(re.sub(r"(.)\1+", lambda match: match[1] if match[1] in sets[0] else match[0], call.stdin, flags=re.S))
    else:
        source, target = sets
        call.stdout(call.stdin.translate(str.maketrans(source, target[: len(source)].ljust(len(source), target[-1]))))


def _characters(word):
    word = word.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z").replace("[:digit:]", "0-9")
    word = _unescaped(word.replace("[:space:]", " \t\n\r"))
    return re.sub(
        r"(.)-(.)", lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), word, flags=re.S
    )


@program("sed", "ne:E")
def _sed(call):
    words = list(call.arguments)
    script = call.options.get("-e") or words.pop(0)
    match = re.fullmatch(r"s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gi]*)", script)
    if match is None:
        return call.fail(f"-e expression #1: the offline model's sed knows only s/…/…/, not {script}")
    _, pattern, replacement, flags = match.groups()
    replacement = re.sub(r"(?<!\\)&", r"\\g<0>", replacement).replace("\\/", "/")
    regex = re.compile(pattern.replace("\\/", "/"), re.I if "i" in flags else 0)
    for _, text in call.texts(words):
        for line in text.splitlines(True):
            call.stdout(regex.sub(replacement, line, count=0 if "g" in flags else 1))


@program("seq", None)
def _seq(call):
    numbers = [int(word) for word in call.arguments]
    first, step, last = {1: (1, 1), 2: (None, 1)}.get(len(numbers), (None, None)) + (numbers[-1],)
    first = numbers[0] if first is None else first
    step = numbers[1] if step is None else step
    call.stdout("".join(f"{number}\n" for number in range(first, last + (1 if step > 0 else -1), step)))


@program("tee", "a")
def _tee(call):
    for name in call.arguments:
        with open(call.shell.path(name), "a" if "-a" in call.options else "w", encoding="utf-8") as file:
            file.write(call.stdin)
    call.stdout(call.stdin)
