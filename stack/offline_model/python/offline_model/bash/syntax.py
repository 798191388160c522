"""Parses a script into commands: words with their quotes, and what joins them."""

import re
from dataclasses import dataclass, field

_OPERATOR = re.compile(r"&&|\|\||;;|&>|[;|&()\n]|(\d*)(>>|>&|<<<|<<-?|>|<)")
_WORD_END = set(" \t\n;|&()<>")
_KEYWORDS = {"then", "do", "done", "fi", "else", "elif", "}"}


class ShellSyntaxError(Exception):
    """The script is no script; the message is bash's, without its place."""


@dataclass
class Token:
    """A word as it is written, or an operator; ``number`` is the file descriptor before a redirection."""

    text: str
    is_operator: bool = False
    number: str = ""


@dataclass
class Simple:
    """A command with its words and redirections ``(number, operator, word)``."""

    words: list = field(default_factory=list)
    redirections: list = field(default_factory=list)


@dataclass
class Pipeline:
    """Commands that are joined by ``|``."""

    commands: list
    is_negated: bool = False


@dataclass
class Sequence:
    """Pipelines with the operator before each: ``;``, ``&&`` or ``||``."""

    parts: list


@dataclass
class For:
    """``for name in words; do body; done``."""

    name: str
    words: list
    body: Sequence
    redirections: list = field(default_factory=list)


@dataclass
class If:
    """``if``: pairs of a condition and a body, and the body of ``else`` or None."""

    branches: list
    otherwise: Sequence | None
    redirections: list = field(default_factory=list)


@dataclass
class Function:
    """``name() { body; }``."""

    name: str
    body: object
    redirections: list = field(default_factory=list)


@dataclass
class While:
    """``while condition; do body; done``."""

    condition: Sequence
    body: Sequence
    redirections: list = field(default_factory=list)


@dataclass
class Group:
    """``( … )`` or ``{ …; }``."""

    body: Sequence
    is_subshell: bool
    redirections: list = field(default_factory=list)


def tokenize(script):
    """The words and operators of a script."""
    tokens, position, awaited = [], 0, []
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
                for token in awaited:
                    position = _read_document(script, position, token)
                awaited = []
        else:
            end = word_end(script, position)
            token = Token(script[position:end].replace("\\\n", ""))
            if tokens and tokens[-1].is_operator and tokens[-1].text.startswith("<<") and tokens[-1].text != "<<<":
                awaited.append(token)
            tokens.append(token)
            position = end
    return tokens


def _read_document(script, position, token):
    """Makes a word of the lines up to the one that ``token`` names; returns where they end."""
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
    """Where the word ends that begins at a position."""
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
    """Where the bracket ends that opens at a position."""
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


class Parser:
    """Reads a script's tokens, one after the other."""

    def __init__(self, script):
        self._tokens = tokenize(script)
        self._position = 0

    def parse(self):
        """The whole script. Raises ShellSyntaxError."""
        sequence = self._sequence(())
        if self._peek() is not None:
            self._fail()
        return sequence

    def _peek(self):
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _is(self, *texts, operator=None):
        token = self._peek()
        return token is not None and token.text in texts and operator in (None, token.is_operator)

    def _take(self):
        token = self._peek()
        self._position += 1
        return token

    def _expect(self, text):
        if not self._is(text):
            self._fail()
        return self._take()

    def _fail(self):
        token = self._peek()
        if token is None:
            raise ShellSyntaxError("syntax error: unexpected end of file")
        name = "newline" if token.text == "\n" else token.text
        raise ShellSyntaxError(f"syntax error near unexpected token `{name}'")

    def _skip(self, *operators):
        while self._is(*operators, operator=True):
            self._take()

    def _sequence(self, ends):
        parts, joint = [], ";"
        self._skip("\n")
        while self._peek() is not None and not self._is(*ends):
            parts.append((joint, self._pipeline()))
            if self._is("&&", "||", operator=True):
                joint = self._take().text
                self._skip("\n")
                continue
            joint = ";"
            if not self._is(";", "&", "\n", operator=True):
                break
            self._take()
            self._skip("\n")
        return Sequence(parts)

    def _pipeline(self):
        is_negated = self._is("!", operator=False)
        if is_negated:
            self._take()
        commands = [self._command()]
        while self._is("|", operator=True):
            self._take()
            self._skip("\n")
            commands.append(self._command())
        return Pipeline(commands, is_negated)

    def _command(self):
        if self._is("(", operator=True):
            self._take()
            command = Group(self._body(")"), True)
        elif self._is("for", operator=False):
            command = self._for()
        elif self._is("if", operator=False):
            command = self._if()
        elif self._is("while", operator=False):
            self._take()
            condition = self._body("do")
            command = While(condition, self._body("done"))
        elif self._is("{", operator=False):
            self._take()
            command = Group(self._body("}"), False)
        elif self._is_definition():
            name = self._take().text
            self._position += 2
            self._skip("\n")
            return Function(name, self._command())
        else:
            return self._simple()
        self._redirections(command)
        return command

    def _is_definition(self):
        texts = [(token.text, token.is_operator) for token in self._tokens[self._position : self._position + 3]]
        return len(texts) == 3 and not texts[0][1] and texts[1:] == [("(", True), (")", True)]

    def _body(self, *ends):
        """A sequence up to one of these words, which is taken."""
        body = self._sequence(ends)
        if not body.parts or not self._is(*ends):
            self._fail()
        self._take()
        return body

    def _for(self):
        self._take()
        name, words = self._take().text, []
        self._expect("in")
        while self._peek() is not None and not self._peek().is_operator:
            words.append(self._take().text)
        self._skip(";", "\n")
        self._expect("do")
        return For(name, words, self._body("done"))

    def _if(self):
        self._take()
        branches, otherwise = [], None
        while True:
            condition = self._body("then")
            body = self._sequence(("else", "elif", "fi"))
            branches.append((condition, body))
            if not self._is("else", "elif", "fi"):
                self._fail()
            end = self._take().text
            if end == "else":
                otherwise = self._body("fi")
            if end != "elif":
                return If(branches, otherwise)

    def _simple(self):
        command = Simple()
        while True:
            self._redirections(command)
            token = self._peek()
            if token is None or token.is_operator:
                break
            if not command.words and token.text in _KEYWORDS:
                self._fail()
            command.words.append(self._take().text)
        if not command.words and not command.redirections:
            self._fail()
        return command

    def _redirections(self, command):
        while self._is(">", ">>", "<", ">&", "&>", "<<<", "<<", "<<-", operator=True):
            token = self._take()
            if self._peek() is None or self._peek().is_operator:
                self._fail()
            command.redirections.append((token.number, token.text, self._take().text))
