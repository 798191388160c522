"""Define the exceptions of IPython that cells can receive."""


class IPythonCoreError(Exception):
    """The base class of IPython's exceptions."""


class UsageError(IPythonCoreError):
    """A magic was called with invalid arguments or does not exist. It is shown as one line without a traceback."""


class StdinNotImplementedError(IPythonCoreError, NotImplementedError):
    """``input()`` was called, but the front end does not support input requests."""
