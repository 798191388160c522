"""Parse a script into commands."""

from .commands import For, Function, Group, If, Pipeline, Sequence, Simple, While
from .tokens import ShellSyntaxError, tokenize

_KEYWORDS = {"then", "do", "done", "fi", "else", "elif", "}"}


class Parser:
    """A recursive descent parser of a script's tokens."""

    def __init__(self, script):
        self._tokens = tokenize(script)
        self._position = 0

    def parse(self):
        """Return the sequence of the whole script. Raise ShellSyntaxError if it is invalid."""
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
        parts, operator_before = [], ";"
        self._skip("\n")
        while self._peek() is not None and not self._is(*ends):
            parts.append((operator_before, self._pipeline()))
            if self._is("&&", "||", operator=True):
                operator_before = self._take().text
                self._skip("\n")
                continue
            operator_before = ";"
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
        """Parse a non-empty sequence up to one of the end words, and consume that word."""
        body = self._sequence(ends)
        if not body.parts or not self._is(*ends):
            self._fail()
        self._take()
        return body

    def _for(self):
        self._take()
        if self._peek() is None or self._peek().is_operator:
            self._fail()
        name, words = self._take().text, []
        self._expect("in")
        while self._peek() is not None and not self._peek().is_operator:
            words.append(self._take().text)
        self._skip(";", "\n")
        self._expect("do")
        return For(name, words, self._body("done"))

    def _if(self):
        self._take()
        branches, else_body = [], None
        while True:
            condition = self._body("then")
            body = self._sequence(("else", "elif", "fi"))
            branches.append((condition, body))
            if not self._is("else", "elif", "fi"):
                self._fail()
            end = self._take().text
            if end == "else":
                else_body = self._body("fi")
            if end != "elif":
                return If(branches, else_body)

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
