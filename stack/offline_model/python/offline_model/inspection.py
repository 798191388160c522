"""The magics that look at names: ``name?``, %who and %whos."""

import inspect
import sys

LABEL_WIDTH = 13  # columns of the labels of ``name?``


def describe(shell, name, with_source):
    """Writes what ``name?`` (or ``name??``) shows."""
    try:
        value = eval(name.lstrip("%"), shell.user_ns)
    except Exception:
        sys.stdout.write(f"Object `{name}` not found.\n")
        return
    fields = _class_fields(value) if isinstance(value, type) else _object_fields(value)
    source = _source(value) if with_source else None
    if source:
        fields = [field for field in fields if field[0] != "Docstring"] + [("Source", "\n" + source.rstrip())]
    width = max(len(label) for label, _ in fields) + 2
    for label, text in fields:
        separator = "\n" if "\n" in text and label == "Docstring" else ""
        sys.stdout.write(f"{label + ':':<{width}}{separator}{text}\n")


def _class_fields(value):
    fields = [("Init signature", value.__name__ + _signature(value))]
    return [*fields, ("Docstring", inspect.getdoc(value) or "<no docstring>"), ("Type", type(value).__name__)]


def _object_fields(value):
    fields = []
    if callable(value) and hasattr(value, "__name__"):
        fields.append(("Signature", value.__name__ + _signature(value)))
    else:
        fields += [("Type", type(value).__name__), ("String form", str(value))]
        if hasattr(value, "__len__"):
            fields.append(("Length", str(len(value))))
    fields.append(("Docstring", inspect.getdoc(value) or "<no docstring>"))
    if fields[0][0] == "Signature":
        fields.append(("Type", type(value).__name__))
    return fields


def _signature(value):
    try:
        return str(inspect.signature(value))
    except (TypeError, ValueError):
        return "(...)"


def _source(value):
    try:
        return inspect.getsource(value)
    except (OSError, TypeError):
        return None


def _matching(shell, line):
    wanted = line.split()
    variables = shell.namespace.user_variables()
    return {name: value for name, value in variables.items() if not wanted or type(value).__name__ in wanted}


def who_ls(shell, line):
    return list(_matching(shell, line))


def who(shell, line):
    names = list(_matching(shell, line))
    if not names:
        reason = "No variables match your requested type." if line.strip() else "Interactive namespace is empty."
        sys.stdout.write(f"{reason}\n")
        return
    for start in range(0, len(names), 9):
        sys.stdout.write("".join(f"{name}\t " for name in names[start : start + 9]) + "\n")


def whos(shell, line):
    variables = _matching(shell, line)
    if not variables:
        who(shell, line)
        return
    types = {name: type(value).__name__ for name, value in variables.items()}
    name_width = max(len("Variable"), *map(len, variables)) + 3
    type_width = max(len("Type"), *map(len, types.values())) + 4
    heading = f"{'Variable':<{name_width}}{'Type':<{type_width}}Data/Info"
    sys.stdout.write(f"{heading}\n{'-' * len(heading)}\n")
    for name, value in variables.items():
        sys.stdout.write(f"{name:<{name_width}}{types[name]:<{type_width}}{_summary(value)}\n")


def _summary(value):
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return f"n={len(value)}"
    text = str(value).replace("\n", "\\n")
    return text if len(text) <= 70 else f"{text[:25]}<...>{text[-25:]}"
