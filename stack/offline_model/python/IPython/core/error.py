"""The exceptions of IPython that a cell can meet."""


class IPythonCoreError(Exception):
    """The base of IPython's own exceptions."""


class UsageError(IPythonCoreError):
    """A magic was called wrongly, or does not exist; shown as one line on standard error, without a traceback."""


class StdinNotImplementedError(IPythonCoreError, NotImplementedError):
    """``input()`` was called where nobody can answer."""
