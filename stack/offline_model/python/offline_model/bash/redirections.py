"""Apply the redirections of a command: open their files."""

from .words import expand_text


def redirect(redirections, shell, streams, files):
    """Return the streams ``(stdin, stdout, stderr)`` of a command after its redirections.

    Append the opened files to ``files``. Raise OSError if a file cannot be opened.
    """
    stdin, stdout, stderr = streams
    for number, operator, word in redirections:
        text = expand_text(word, shell)
        if operator == "<":
            stdin = _open(shell, text, "r", files).read()
        elif operator.startswith("<<"):
            stdin = f"{text}\n" if operator == "<<<" else text
        elif operator == ">&" and text in ("1", "2"):
            target = stdout if text == "1" else stderr
            stdout, stderr = (stdout, target) if number == "2" else (target, stderr)
        else:
            write = _open(shell, text, "a" if operator == ">>" else "w", files).write
            stdout = stdout if number == "2" else write
            stderr = write if number == "2" or operator in ("&>", ">&") else stderr
    return stdin, stdout, stderr


def _open(shell, name, mode, files):
    try:
        file = open(shell.path(name), mode, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        error.filename = name
        raise
    files.append(file)
    return file
