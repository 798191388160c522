"""The numbers that Linux gives to errors: WebAssembly's libc counts them otherwise, ``[Errno 44]`` for ``[Errno 2]``."""

import errno

_LINUX = {
    "EPERM": 1,
    "ENOENT": 2,
    "EIO": 5,
    "EBADF": 9,
    "EAGAIN": 11,
    "ENOMEM": 12,
    "EACCES": 13,
    "EBUSY": 16,
    "EEXIST": 17,
    "ENOTDIR": 20,
    "EISDIR": 21,
    "EINVAL": 22,
    "EPIPE": 32,
    "ENAMETOOLONG": 36,
    "ENOTEMPTY": 39,
    "ELOOP": 40,
    "ENOTSUP": 95,
    "ETIMEDOUT": 110,
    "ECONNREFUSED": 111,
    "EHOSTUNREACH": 113,
}
_NUMBERS = {getattr(errno, name): number for name, number in _LINUX.items()}


def with_linux_number(error, message):
    """The message of an OSError as Linux would number it; any other message as it is."""
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        prefix = f"[Errno {error.errno}]"
        if message.startswith(prefix):
            return f"[Errno {_NUMBERS[error.errno]}]{message.removeprefix(prefix)}"
    return message
