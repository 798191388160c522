"""Implement the programs that find and change parts of lines."""

import re

from .escapes import unescape
from .programs import FAILED, program


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
    word = unescape(word.replace("[:space:]", " \t\n\r"))
    return re.sub(
        r"(.)-(.)", lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), word, flags=re.S
    )


@program("sed", "ne:E")
def _sed(call):
    words = list(call.arguments)
    script = call.options.get("-e") or words.pop(0)
    match = re.fullmatch(r"s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gi]*)", script)
    if match is None:
        return call.fail(f"-e expression #1: the offline model's sed supports only s/…/…/, not {script}")
    _, pattern, replacement, flags = match.groups()
    replacement = re.sub(r"(?<!\\)&", r"\\g<0>", replacement).replace("\\/", "/")
    regex = re.compile(pattern.replace("\\/", "/"), re.I if "i" in flags else 0)
    for _, text in call.texts(words):
        for line in text.splitlines(True):
            call.stdout(regex.sub(replacement, line, count=0 if "g" in flags else 1))
