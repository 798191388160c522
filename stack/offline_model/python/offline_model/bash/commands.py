"""Define the nodes of a script's syntax tree: commands, and the operators that join them."""

from dataclasses import dataclass, field


@dataclass
class Simple:
    """A simple command: its words, and its redirections ``(number, operator, word)``."""

    words: list = field(default_factory=list)
    redirections: list = field(default_factory=list)


@dataclass
class Pipeline:
    """Commands joined by ``|``, with an optional ``!`` before them."""

    commands: list
    is_negated: bool = False


@dataclass
class Sequence:
    """Pairs of an operator (``;``, ``&&`` or ``||``) and the pipeline after it."""

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
    """``if``: pairs of a condition and a body. ``else_body`` is None without ``else``."""

    branches: list
    else_body: Sequence | None
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
