"""Replace Python's functions that start programs, which is impossible here. :mod:`.bash` imitates common programs."""

import errno
import io
import os
import shlex
import subprocess
import sys

from .bash import programs
from .bash.interpreter import Shell

SHELL_NAME = "/bin/bash"  # the prefix of messages of a ``!command``


def run_on_terminal(command):
    """Run a command as on a terminal: write both streams to stdout, with ``\\r\\n`` at the end of lines.

    Return the exit status.
    """

    stdout = sys.stdout  # a command can replace sys.stdout while it runs

    def write(text):
        stdout.write(text.replace("\n", "\r\n"))

    write.is_terminal = True
    return Shell(write, write, SHELL_NAME, is_command=True).run(command)


def output_lines(command):
    """Return the lines that a command writes to both streams."""
    output = io.StringIO()
    Shell(output.write, output.write, SHELL_NAME, is_command=True).run(command)
    return output.getvalue().splitlines()


def run_script(script, stdout, stderr, name="bash", stdin=""):
    """Run a script with two output streams, and return its exit status. Each write is flushed, to keep their order."""

    def writer(stream):
        def write(text):
            stream.write(text)
            stream.flush()

        return write

    return Shell(writer(stdout), writer(stderr), name).run(script, stdin)


class Popen:
    """Replaces ``subprocess.Popen``. The command runs in the constructor, or if stdin is a pipe, when it is waited for."""

    def __init__(
        self,
        args,
        bufsize=-1,
        executable=None,
        stdin=None,
        stdout=None,
        stderr=None,
        *_,
        shell=False,
        cwd=None,
        env=None,
        text=None,
        universal_newlines=None,
        encoding=None,
        errors=None,
        **__,
    ):
        self.args = args
        self.pid = os.getpid()
        self.returncode = None
        self._is_text = bool(text or universal_newlines or encoding or errors)
        self._targets = stdout, stderr
        self._script = args if shell else _as_script(args)
        self._cwd, self._env = cwd, env
        self._result = None
        self.stdin = io.StringIO() if stdin == subprocess.PIPE else None
        self.stdout = self.stderr = None
        if stdin != subprocess.PIPE:
            self._run("" if stdin is None or isinstance(stdin, int) else stdin.read())

    def __class_getitem__(cls, item):
        return cls

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wait()

    def __repr__(self):
        return f"<Popen: returncode: {self.returncode} args: {self.args!r}>"

    def _run(self, stdin_data):
        output, errors = io.StringIO(), io.StringIO()
        stdout, stderr = self._targets
        to_errors = output if stderr == subprocess.STDOUT else errors
        shell = Shell(output.write, to_errors.write, "/bin/sh", self._cwd and os.path.abspath(self._cwd))
        if self._env is not None:
            shell.variables = dict(self._env)
        text = stdin_data.decode() if isinstance(stdin_data, bytes) else stdin_data
        self.returncode = shell.run(self._script, text)
        self.stdout = self._deliver(output.getvalue(), stdout, sys.stdout)
        self.stderr = None if stderr == subprocess.STDOUT else self._deliver(errors.getvalue(), stderr, sys.stderr)

    def _deliver(self, text, target, default):
        """Write the output to its target. If the target is a pipe, return a file with the output."""
        if target == subprocess.PIPE:
            return io.StringIO(text) if self._is_text else io.BytesIO(text.encode())
        if target is None:
            default.write(text)
        elif hasattr(target, "write"):
            target.write(text if isinstance(target, io.TextIOBase) else text.encode())
        return None

    def communicate(self, input=None, timeout=None):
        """Return the output of both streams. Run the command with ``input`` if it has not run yet."""
        if self.returncode is None:
            self._run(input if input is not None else self.stdin.getvalue())
        return tuple(file.read() if file else None for file in (self.stdout, self.stderr))

    def wait(self, timeout=None):
        """Return the exit status. Run the command if it has not run yet."""
        if self.returncode is None:
            self._run(self.stdin.getvalue())
        return self.returncode

    poll = wait

    def kill(self):
        """Do nothing, because the command has already run."""

    terminate = kill


def _as_script(args):
    """Return a shell script for a command and its arguments. Raise FileNotFoundError if there is no such command."""
    words = [os.fsdecode(word) for word in ([args] if isinstance(args, (str, bytes, os.PathLike)) else args)]
    if programs.find(words[0]) is None and words[0] not in ("bash", "sh", "sleep", "pwd", "true", "false"):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), words[0])
    if words[0] in ("bash", "sh") and words[1:2] == ["-c"]:
        return words[2]
    return shlex.join(words)


def _system(command):
    """Execute the command in a subshell."""
    return run_script(command, sys.stdout, sys.stderr, "sh") << 8


def _popen(command, mode="r", buffering=-1):
    output = io.StringIO()
    run_script(command, output, sys.stderr, "sh")
    return io.StringIO(output.getvalue())


def install():
    """Replace ``os.system``, ``os.popen`` and ``subprocess.Popen``."""
    os.system, os.popen = _system, _popen
    Popen.__module__ = "subprocess"
    subprocess.Popen = Popen


