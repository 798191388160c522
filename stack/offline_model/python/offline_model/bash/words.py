"""Expand words like bash: variables, command substitutions, braces, file names, quotes."""

import fnmatch
import glob
import os
import re

from .arithmetic import ExpansionError, evaluate
from .tokens import bracket_end

_BRACES = re.compile(r"(?<!\$)\{([^{}]*,[^{}]*|-?\d+\.\.-?\d+|[a-zA-Z]\.\.[a-zA-Z])\}")
_NAME = re.compile(r"\w+|[?$#@*!-]")
_PARAMETER = re.compile(r"(#?)(\w+|[?#@*])(?:(:?[-=+]|##?|%%?)(.*))?\Z", re.DOTALL)
_ESCAPED = str.maketrans({char: "\\" + char for char in "*?[\\"})


def expand_words(words, shell):
    """Return the arguments that words expand to. A word can become any number of arguments."""
    return [argument for word in words for brace in _expand_braces(word) for argument in _expand(brace, shell)]


def expand_text(word, shell):
    """Return the text that a word expands to, without word splitting."""
    return "".join(text for text, _ in _pieces(word, shell))


def _expand_braces(word):
    match = None if word[:1] in "'\"" else _BRACES.search(word)
    if match is None:
        return [word]
    inner = match.group(1)
    if "," in inner:
        options = inner.split(",")
    else:
        first, last = inner.split("..")
        is_number = first.lstrip("-").isdigit()
        start, end = (int(first), int(last)) if is_number else (ord(first), ord(last))
        step = 1 if start <= end else -1
        options = [str(value) if is_number else chr(value) for value in range(start, end + step, step)]
    before, after = word[: match.start()], word[match.end() :]
    return [expanded for option in options for expanded in _expand_braces(f"{before}{option}{after}")]


def _expand(word, shell):
    fields, current, is_started = [], "", False
    for text, is_split in _pieces(word, shell):
        if not is_split:
            current += text.translate(_ESCAPED) if is_split is False else text
            is_started = True
            continue
        parts = text.split()
        if text[:1].isspace() and is_started:
            fields.append(current)
            current, is_started = "", False
        for index, part in enumerate(parts):
            if index:
                fields.append(current)
                current = ""
            current += part
            is_started = True
        if parts and text[-1:].isspace():
            fields.append(current)
            current, is_started = "", False
    if is_started:
        fields.append(current)
    return [name for pattern in fields for name in _file_names(pattern, shell)]


def _file_names(pattern, shell):
    plain = re.sub(r"\\(.)", r"\1", pattern)
    if not re.search(r"(?<!\\)[*?\[]", pattern):
        return [plain]
    found = sorted(glob.glob(re.sub(r"\\([*?\[])", r"[\1]", pattern), root_dir=shell.directory))
    return found or [plain]


def _pieces(word, shell):
    """Yield the parts of a word: each part's text, and whether it is split into words.

    That is True for an expansion, False for quoted text, and None for other text, in which only patterns are special.
    """
    position = 0
    if word == "~" or word.startswith("~/"):
        yield shell.variables.get("HOME", "~"), False
        position = 1
    while position < len(word):
        char = word[position]
        if char == "'":
            end = word.index("'", position + 1)
            yield word[position + 1 : end], False
            position = end + 1
        elif char == '"':
            text, position = _quoted(word, position + 1, shell)
            yield text, False
        elif char == "\\":
            yield word[position + 1 : position + 2], False
            position += 2
        elif char in "$`":
            text, position = _substitution(word, position, shell)
            yield text, True
        else:
            end = next((index for index in range(position + 1, len(word)) if word[index] in "'\"\\$`"), len(word))
            yield word[position:end], None
            position = end


def _quoted(word, position, shell):
    text = ""
    while word[position] != '"':
        if word[position] == "\\" and word[position + 1] in '"\\$`':
            text += word[position + 1]
            position += 2
        elif word[position] in "$`":
            part, position = _substitution(word, position, shell)
            text += part
        else:
            text += word[position]
            position += 1
    return text, position + 1


def _substitution(word, position, shell):
    """Return the expansion that begins with a ``$`` or a backquote, and its end."""
    if word[position] == "`":
        end = word.index("`", position + 1)
        return shell.output_of(word[position + 1 : end]), end + 1
    if word.startswith("$((", position):
        end = bracket_end(word, position + 1)
        return str(evaluate(word[position + 3 : end - 2], shell)), end
    if word.startswith("$(", position):
        end = bracket_end(word, position + 1)
        return shell.output_of(word[position + 2 : end - 1]), end
    if word.startswith("${", position):
        end = bracket_end(word, position + 1)
        return _parameter(word[position + 2 : end - 1], shell), end
    if match := _NAME.match(word, position + 1):
        name = match.group() if not match.group()[0].isdigit() else match.group()[0]
        return shell.variable(name), position + 1 + len(name)
    return "$", position + 1


def _parameter(inside, shell):
    match = _PARAMETER.match(inside)
    if match is None:
        raise ExpansionError(f"${{{inside}}}: bad substitution")
    length, name, action, word = match.groups()
    value = shell.variable(name)
    if length:
        return str(len(value))
    if action is None:
        return value
    text = expand_text(word, shell)
    if action[-1] in "-=":
        if not value and action[-1] == "=":
            shell.variables[name] = text
        return value or text
    if action[-1] == "+":
        return text if value else ""
    return _without_match(value, text, action)


def _without_match(value, pattern, action):
    """Return a value without its beginning (``#``) or its end (``%``) that matches a pattern.

    ``#`` and ``%`` remove the shortest match, ``##`` and ``%%`` the longest.
    """
    cuts = range(len(value) + 1) if (action[0] == "#") == (len(action) == 1) else range(len(value), -1, -1)
    for cut in cuts:
        part, rest = (value[:cut], value[cut:]) if action[0] == "#" else (value[cut:], value[:cut])
        if fnmatch.fnmatchcase(part, pattern):
            return rest
    return value


def environment():
    """Return the variables of a new shell."""
    return dict(os.environ)
