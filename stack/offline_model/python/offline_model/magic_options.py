"""The options of a magic's line."""

import getopt

from IPython.core.error import UsageError


def parse_options(words, allowed, parse=getopt.gnu_getopt):
    """Parts the options, by name, from the other words.

    ``allowed`` is in getopt's form. With ``getopt.getopt`` as ``parse`` the options end at the first other word.
    """
    try:
        given, others = parse(words, allowed)
    except getopt.GetoptError as error:
        raise UsageError(f"option -{error.opt} not recognized ( allowed: {allowed!r} )") from None
    return dict(given), others
