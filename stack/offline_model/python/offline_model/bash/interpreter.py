"""Runs a script's commands."""

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
NOT_FOUND = 127  # the exit status of a command that is not there
MAX_ROUNDS = 100_000  # of a loop


class Shell:
    """One run of bash: its variables, its folder, and where its commands write by default."""

    def __init__(self, stdout, stderr, name="bash", directory=None, is_command=False):
        self.stdout = stdout
        self.stderr = stderr
        self.name = name  # what stands before its messages
        self.variables = environment()
        self.functions = {}
        self.parameters = []
        self.directory = directory or os.getcwd()
        self.status = 0
        self.ends_on_failure = False  # ``set -e``
        self._is_command = is_command  # ``bash -c``

    def run(self, script, stdin=""):
        """Runs a script and returns its exit status."""
        try:
            self._sequence(Parser(script).parse(), stdin, self.stdout, self.stderr)
        except ShellSyntaxError as error:
            place = f"{self.name}: -c: line 1:" if self._is_command else f"{self.name}: line 1:"
            self.stderr(f"{place} {error}\n")
            if "near" in str(error):
                self.stderr(f"{place} `{script}'\n")
            self.status = 2
        except Exit:
            pass
        return self.status

    def output_of(self, script):
        """What a script writes, as ``$(…)`` has it."""
        output = io.StringIO()
        inner = self._inner(output.write, self.stderr)
        self.status = inner.run(script)
        return output.getvalue().rstrip("\n")

    def variable(self, name):
        """A variable's text; empty when it is not set."""
        if name == "?":
            return str(self.status)
        if name in ("@", "*"):
            return " ".join(self.parameters)
        if name.isdigit() and name != "0":
            return self.parameters[int(name) - 1] if int(name) <= len(self.parameters) else ""
        own = {"$": str(os.getpid()), "#": str(len(self.parameters)), "0": self.name}
        return own.get(name) or self.variables.get(name, "")

    def path(self, name):
        """A file's path, from the shell's own folder."""
        return os.path.join(self.directory, name)

    def _inner(self, stdout, stderr):
        inner = Shell(stdout, stderr, self.name, self.directory)
        inner.variables = dict(self.variables)
        inner.functions = dict(self.functions)
        inner.parameters, inner.status = self.parameters, self.status
        inner.ends_on_failure = self.ends_on_failure
        return inner

    def _sequence(self, sequence: Sequence, stdin, stdout, stderr):
        joints = [joint for joint, _ in sequence.parts[1:]] + [";"]
        for (joint, pipeline), next_joint in zip(sequence.parts, joints):
            if joint == ";" or (joint == "&&") == (self.status == 0):
                self._pipeline(pipeline, stdin, stdout, stderr)
                if self.ends_on_failure and self.status != 0 and next_joint == ";" and not pipeline.is_negated:
                    raise Exit

    def _is_true(self, condition, stdin, stdout, stderr):
        kept, self.ends_on_failure = self.ends_on_failure, False
        self._sequence(condition, stdin, stdout, stderr)
        self.ends_on_failure = kept
        return self.status == 0

    def _pipeline(self, pipeline, stdin, stdout, stderr):
        *first, last = pipeline.commands
        for command in first:
            output = io.StringIO()
            inner = self._inner(output.write, stderr)
            try:
                inner._command(command, stdin, output.write, stderr)
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
                inner = self._inner(stdout, stderr)
                try:
                    inner._sequence(body, stdin, stdout, stderr)
                except Exit:
                    pass
                self.status = inner.status
            case Group(body=body):
                self._sequence(body, stdin, stdout, stderr)
            case For(name=name, words=words, body=body):
                for value in expand_words(words, self):
                    self.variables[name] = value
                    self._sequence(body, stdin, stdout, stderr)
            case While(condition=condition, body=body):
                for _ in range(MAX_ROUNDS):
                    if not self._is_true(condition, stdin, stdout, stderr):
                        self.status = 0
                        break
                    self._sequence(body, stdin, stdout, stderr)
            case Function(name=name, body=body):
                self.functions[name] = body
                self.status = 0
            case If(branches=branches, otherwise=otherwise):
                self._if(branches, otherwise, stdin, stdout, stderr)

    def _if(self, branches, otherwise, stdin, stdout, stderr):
        for condition, body in branches:
            if self._is_true(condition, stdin, stdout, stderr):
                return self._sequence(body, stdin, stdout, stderr)
        self.status = 0
        if otherwise is not None:
            self._sequence(otherwise, stdin, stdout, stderr)

    def _simple(self, words, stdin, stdout, stderr):
        count = next((index for index, word in enumerate(words) if not _ASSIGNMENT.match(word)), len(words))
        assigned = {}
        for word in words[:count]:
            name, value = _ASSIGNMENT.match(word).groups()
            assigned[name] = expand_text(value, self)
        arguments = expand_words(words[count:], self)
        if not arguments:
            self.variables.update(assigned)
            self.status = 0
            return
        kept = dict(self.variables)
        self.variables.update(assigned)
        try:
            self.status = self._call(arguments, stdin, stdout, stderr)
        finally:
            for name in assigned:
                self.variables.pop(name, None)
                if name in kept:
                    self.variables[name] = kept[name]

    def _call(self, arguments, stdin, stdout, stderr):
        name, *rest = arguments
        if name in self.functions:
            kept, self.parameters = self.parameters, rest
            self._command(self.functions[name], stdin, stdout, stderr)
            self.parameters = kept
            return self.status
        builtin, program = BUILTINS.get(name), programs.find(name)
        try:
            if builtin is not None:
                return builtin(self, rest, stdout, stderr) or 0
            if program is not None:
                return programs.run(program, programs.Call(self, name, rest, stdin, stdout, stderr))
        except (IndexError, ValueError, re.error):  # an argument is missing, or of another form
            stderr(f"{name}: the offline model does not know what to do with these arguments\n")
            return programs.MISUSED
        stderr(f"{self.name}: line 1: {name}: command not found\n")
        return NOT_FOUND
