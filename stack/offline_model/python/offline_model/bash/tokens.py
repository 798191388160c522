"""Split a script into operators and words, which keep their quotes."""

import re
from dataclasses import dataclass

_OPERATOR = re.compile(r"&&|\|\||;;|&>|[;|&()\n]|(\d*)(>>|>&|<<<|<<-?|>|<)")
_WORD_END = set(" \t\n;|&()<>")


class ShellSyntaxError(Exception):
    """The script has a syntax error. The message is bash's without the position."""


@dataclass
class Token:
    """A word with its quotes, or an operator. ``number`` is the file descriptor before a redirection."""

    text: str
    is_operator: bool = False
    number: str = ""


def tokenize(script):
    """Return the tokens of a script. Raise ShellSyntaxError for an unclosed quote or bracket."""
    tokens, position, pending_documents = [], 0, []
    while position < len(script):
        char = script[position]
        if char in " \t" or script.startswith("\\\n", position):
            position += 1 if char in " \t" else 2
        elif char == "#":
            end = script.find("\n", position)
            position = len(script) if end < 0 else end
        elif match := _OPERATOR.match(script, position):
            tokens.append(Token(match.group(2) or match.group(), True, match.group(1) or ""))
            position = match.end()
            if match.group() == "\n":
                for token in pending_documents:
                    position = _read_document(script, position, token)
                pending_documents = []
        else:
            end = word_end(script, position)
            token = Token(script[position:end].replace("\\\n", ""))
            if tokens and tokens[-1].is_operator and tokens[-1].text.startswith("<<") and tokens[-1].text != "<<<":
                pending_documents.append(token)
            tokens.append(token)
            position = end
    return tokens


def _read_document(script, position, token):
    """Read a here-document up to the line that ``token`` names, make the token its quoted text, and return its end."""
    end = token.text.strip("'\"\\")
    lines = []
    while position < len(script):
        line, _, rest = script[position:].partition("\n")
        position = len(script) - len(rest)
        if line.strip("\t") == end:
            break
        lines.append(f"{line}\n")
    text = "".join(lines)
    if end == token.text:
        token.text = '"' + text.replace('"', '\\"') + '"'
    else:
        token.text = "'" + text.replace("'", "'\"'\"'") + "'"
    return position


def word_end(script, position):
    """Return the end of the word that begins at a position."""
    while position < len(script) and script[position] not in _WORD_END:
        char = script[position]
        if char == "\\":
            position += 2
        elif char in "'\"`":
            position = _quote_end(script, position)
        elif script.startswith(("$(", "${"), position):
            position = bracket_end(script, position + 1)
        else:
            position += 1
    return min(position, len(script))


def _quote_end(script, position):
    quote = script[position]
    position += 1
    while position < len(script):
        char = script[position]
        if char == quote:
            return position + 1
        if char == "\\" and quote != "'":
            position += 1
        elif quote == '"' and script.startswith("$(", position):
            position = bracket_end(script, position + 1) - 1
        position += 1
    raise ShellSyntaxError(f"unexpected EOF while looking for matching `{quote}'")


def bracket_end(script, position):
    """Return the end of the bracketed text whose opening bracket is at a position."""
    opening = script[position]
    closing = {"(": ")", "{": "}"}[opening]
    depth = 0
    while position < len(script):
        char = script[position]
        if char in "'\"":
            position = _quote_end(script, position)
            continue
        if char == "\\":
            position += 1
        depth += (char == opening) - (char == closing)
        position += 1
        if depth == 0:
            return position
    raise ShellSyntaxError(f"unexpected EOF while looking for matching `{closing}'")
