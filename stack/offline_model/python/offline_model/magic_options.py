"""The options of a magic's line."""

import getopt
import shlex

from IPython.core.error import UsageError


def parse_options(words, allowed, parse=getopt.gnu_getopt):
    """Separates the options, by name, from the other words.

    ``allowed`` is in getopt's form. With ``getopt.getopt`` as ``parse`` the options end at the first other word.
    """
    try:
        given, others = parse(words, allowed)
    except getopt.GetoptError as error:
        raise UsageError(f'{error} (allowed: "{allowed}")') from None
    return dict(given), others


def parse_words(line, *flags):
    """Separates the flags of a cell magic's line, which have long names, from its other words."""
    words = shlex.split(line)
    unknown = [word for word in words if word.startswith("-") and word not in flags]
    if unknown:
        raise UsageError(f"unrecognized arguments: {' '.join(unknown)}")
    return {word for word in words if word in flags}, [word for word in words if word not in flags]
