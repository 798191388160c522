"""Create the files whose content the conversation contains, before a cell uses them."""

import pathlib
import sys


def write_files(files):
    """Write the files ``{name, text, isCut}``. Delete those whose text is None, and skip those that cannot be written."""
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
