"""What a script consists of: commands, and what joins them."""

from dataclasses import dataclass, field


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
