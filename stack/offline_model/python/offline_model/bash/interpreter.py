"""Run the commands of a script."""

import io
import os
import re

from . import programs
from .arithmetic import ExpansionError
from .builtin_commands import BUILTINS, Exit
from .commands import For, Function, Group, If, Sequence, Simple, While
from .parser import Parser
from .redirections import redirect
from .tokens import ShellSyntaxError
from .words import environment, expand_text, expand_words

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)\Z", re.DOTALL)
NOT_FOUND = 127  # bash's exit status for a command that does not exist
MAX_ITERATIONS = 100_000  # of a ``while`` loop, so that an endless one ends


class Shell:
    """A bash process: its variables, its working directory, and the default output streams of its commands."""

    def __init__(self, stdout, stderr, name="bash", directory=None, is_command=False):
        self.stdout = stdout
        self.stderr = stderr
        self.name = name  # the prefix of its messages
        self.variables = environment()
        self.functions = {}
        self.parameters = []
        self.directory = directory or os.getcwd()
        self.status = 0
        self.exits_on_error = False  # ``set -e``
        self._is_command = is_command  # ``bash -c``

    def run(self, script, stdin=""):
        """Run a script and return its exit status."""
        try:
            self._sequence(Parser(script).parse(), stdin, self.stdout, self.stderr)
        except ShellSyntaxError as error:
            prefix = f"{self.name}: -c: line 1:" if self._is_command else f"{self.name}: line 1:"
            self.stderr(f"{prefix} {error}\n")
            if "near" in str(error):
                self.stderr(f"{prefix} `{script}'\n")
            self.status = 2
        except Exit:
            pass
        return self.status

    def output_of(self, script):
        """Return the standard output of a script without trailing newlines, like ``$(…)``."""
        output = io.StringIO()
        subshell = self._subshell(output.write, self.stderr)
        self.status = subshell.run(script)
        return output.getvalue().rstrip("\n")

    def variable(self, name):
        """Return the value of a variable or a special parameter, or an empty text if it is not set."""
        if name == "?":
            return str(self.status)
        if name in ("@", "*"):
            return " ".join(self.parameters)
        if name.isdigit() and name != "0":
            return self.parameters[int(name) - 1] if int(name) <= len(self.parameters) else ""
        own = {"$": str(os.getpid()), "#": str(len(self.parameters)), "0": self.name}
        return own.get(name) or self.variables.get(name, "")

    def path(self, name):
        """Return the path of a file name relative to the shell's working directory."""
        return os.path.join(self.directory, name)

    def _subshell(self, stdout, stderr):
        subshell = Shell(stdout, stderr, self.name, self.directory)
        subshell.variables = dict(self.variables)
        subshell.functions = dict(self.functions)
        subshell.parameters, subshell.status = self.parameters, self.status
        subshell.exits_on_error = self.exits_on_error
        return subshell

    def _sequence(self, sequence: Sequence, stdin, stdout, stderr):
        operators = [operator for operator, _ in sequence.parts[1:]] + [";"]
        for (operator, pipeline), next_operator in zip(sequence.parts, operators):
            if operator == ";" or (operator == "&&") == (self.status == 0):
                self._pipeline(pipeline, stdin, stdout, stderr)
                if self.exits_on_error and self.status != 0 and next_operator == ";" and not pipeline.is_negated:
                    raise Exit

    def _is_true(self, condition, stdin, stdout, stderr):
        saved, self.exits_on_error = self.exits_on_error, False
        self._sequence(condition, stdin, stdout, stderr)
        self.exits_on_error = saved
        return self.status == 0

    def _pipeline(self, pipeline, stdin, stdout, stderr):
        *first, last = pipeline.commands
        for command in first:
            output = io.StringIO()
            subshell = self._subshell(output.write, stderr)
            try:
                subshell._command(command, stdin, output.write, stderr)
            except Exit:
                pass
            stdin = output.getvalue()
        self._command(last, stdin, stdout, stderr)
        if pipeline.is_negated:
            self.status = int(self.status == 0)

    def _command(self, command, stdin, stdout, stderr):
        files = []
        try:
            stdin, stdout, stderr = redirect(command.redirections, self, (stdin, stdout, stderr), files)
            self._run(command, stdin, stdout, stderr)
        except OSError as error:
            stderr(f"{self.name}: line 1: {error.filename}: {error.strerror}\n")
            self.status = 1
        except ExpansionError as error:
            stderr(f"{self.name}: line 1: {error}\n")
            self.status = 1
        finally:
            for file in files:
                file.close()

    def _run(self, command, stdin, stdout, stderr):
        match command:
            case Simple():
                self._simple(command.words, stdin, stdout, stderr)
            case Group(body=body, is_subshell=True):
                subshell = self._subshell(stdout, stderr)
                try:
                    subshell._sequence(body, stdin, stdout, stderr)
                except Exit:
                    pass
                self.status = subshell.status
            case Group(body=body):
                self._sequence(body, stdin, stdout, stderr)
            case For(name=name, words=words, body=body):
                for value in expand_words(words, self):
                    self.variables[name] = value
                    self._sequence(body, stdin, stdout, stderr)
            case While(condition=condition, body=body):
                for _ in range(MAX_ITERATIONS):
                    if not self._is_true(condition, stdin, stdout, stderr):
                        self.status = 0
                        break
                    self._sequence(body, stdin, stdout, stderr)
            case Function(name=name, body=body):
                self.functions[name] = body
                self.status = 0
            case If(branches=branches, else_body=else_body):
                self._if(branches, else_body, stdin, stdout, stderr)

    def _if(self, branches, else_body, stdin, stdout, stderr):
        for condition, body in branches:
            if self._is_true(condition, stdin, stdout, stderr):
                return self._sequence(body, stdin, stdout, stderr)
        self.status = 0
        if else_body is not None:
            self._sequence(else_body, stdin, stdout, stderr)

    def _simple(self, words, stdin, stdout, stderr):
        count = next((index for index, word in enumerate(words) if not _ASSIGNMENT.match(word)), len(words))
        assignments = {}
        for word in words[:count]:
            name, value = _ASSIGNMENT.match(word).groups()
            assignments[name] = expand_text(value, self)
        arguments = expand_words(words[count:], self)
        if not arguments:
            self.variables.update(assignments)
            self.status = 0
            return
        saved = dict(self.variables)
        self.variables.update(assignments)
        try:
            self.status = self._call(arguments, stdin, stdout, stderr)
        finally:
            for name in assignments:
                self.variables.pop(name, None)
                if name in saved:
                    self.variables[name] = saved[name]

    def _call(self, arguments, stdin, stdout, stderr):
        name, *rest = arguments
        if name in self.functions:
            saved, self.parameters = self.parameters, rest
            self._command(self.functions[name], stdin, stdout, stderr)
            self.parameters = saved
            return self.status
        builtin, program = BUILTINS.get(name), programs.find(name)
        try:
            if builtin is not None:
                return builtin(self, rest, stdout, stderr) or 0
            if program is not None:
                return programs.run(program, programs.Call(self, name, rest, stdin, stdout, stderr))
        except (IndexError, ValueError, re.error):  # an argument is missing or has an unsupported form
            stderr(f"{name}: the offline model does not support these arguments\n")
            return programs.MISUSED
        stderr(f"{self.name}: line 1: {name}: command not found\n")
        return NOT_FOUND
