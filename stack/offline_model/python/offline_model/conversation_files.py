"""Files that the conversation tells: they are there before the cell runs that names them first."""

import pathlib
import sys


def write(files):
    """Writes files ``{name, text, isCut}``, or deletes those without a text; what cannot be written is not there."""
    for file in files:
        path = pathlib.Path(file["name"])
        try:
            if file["text"] is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as target:
                target.write(file["text"])
        except (OSError, ValueError):
            continue
        if file["isCut"]:
            print(f"The offline model knows the beginning and the end of {file['name']!r} only.", file=sys.stderr)
