"""Parse the options in a magic's line."""

import getopt
import shlex

from IPython.core.error import UsageError


def parse_options(words, allowed, parse=getopt.gnu_getopt):
    """Return a dictionary of the options, and a list of the other words. Raise UsageError for an invalid option.

    :param allowed: the options in getopt's form
    :param parse: ``getopt.getopt`` ends the options at the first other word
    """
    try:
        options, others = parse(words, allowed)
    except getopt.GetoptError as error:
        raise UsageError(f'{error} (allowed: "{allowed}")') from None
    return dict(options), others


def parse_words(line, *flags):
    """Return the set of flags such as ``--no-stdout`` in a cell magic's line, and a list of its other words.

    Raise UsageError for a flag that is not in ``flags``.
    """
    words = shlex.split(line)
    unknown = [word for word in words if word.startswith("-") and word not in flags]
    if unknown:
        raise UsageError(f"unrecognized arguments: {' '.join(unknown)}")
    return {word for word in words if word in flags}, [word for word in words if word not in flags]
