"""What ``name?`` and ``name??`` show: the fields of IPython's pager, on standard output."""

import builtins
import fnmatch
import inspect
import sys

from .magics import line_magic

STRING_FORM_MAX = 200  # characters of a value's text; a longer one is cut in the middle
STRING_FORM_HALF = 97
SIGNATURE_MAX = 75  # columns of a signature on one line
MAX_SUBCLASSES = 10


@line_magic("pinfo")
def _pinfo(shell, line):
    _describe(shell, line, with_source=False)


@line_magic("pinfo2")
def _pinfo2(shell, line):
    _describe(shell, line, with_source=True)


@line_magic("psearch")
def _psearch(shell, line):
    names = {*shell.user_ns, *dir(builtins)}
    found = [name for name in sorted(names) if fnmatch.fnmatchcase(name, line) and not name.startswith("_")]
    sys.stdout.write("".join(f"{name}\n" for name in found))


def _describe(shell, name, with_source):
    if "*" in name:
        _psearch(shell, name)
        return
    try:
        value = eval(name.lstrip("%"), shell.user_ns)
    except Exception:
        sys.stdout.write(f"Object `{name}` not found.\n")
        return
    fields = _fields(value, _source(value) if with_source else None)
    width = max(len(label) for label, _ in fields) + 1
    for label, text in fields:
        sys.stdout.write(f"{label + ':':<{width}}" + ("\n" if "\n" in text else " ") + f"{text}\n")


def _fields(value, source):
    text = ("Source", source.rstrip("\n")) if source else ("Docstring", inspect.getdoc(value) or "<no docstring>")
    file = _file(value)
    place = [("File", file)] if file else []
    kind = ("Type", type(value).__name__)
    if isinstance(value, type):
        subclasses = [cls.__name__ for cls in type.__subclasses__(value)]
        names = ", ".join(subclasses[:MAX_SUBCLASSES] + ["..."] * (len(subclasses) > MAX_SUBCLASSES))
        return [*_signature("Init signature", value), text, *place, kind, ("Subclasses", names)]
    if inspect.isroutine(value):
        return [*_signature("Signature", value), text, *place, kind]
    fields = _signature("Signature", value) if callable(value) else []
    fields += [kind, ("String form", _string_form(value))]
    try:
        fields.append(("Length", str(len(value))))
    except Exception:
        pass
    return [*fields, *place, text]


def _signature(label, value):
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return []
    name = getattr(value, "__name__", type(value).__name__)
    text = f"{name}{signature}"
    if len(text) > SIGNATURE_MAX + len("()"):
        text = name + signature.format(max_width=1)
    return [(label, text)]


def _string_form(value):
    try:
        text = str(value)
    except Exception:
        return f"<object with id {id(value)} (str() failed)>"
    if len(text) > STRING_FORM_MAX:
        text = f"{text[:STRING_FORM_HALF]} <...> {text[-STRING_FORM_HALF:]}"
    return ("\n" + " " * len("String form: ")).join(line.strip() for line in text.split("\n"))


def _file(value):
    for candidate in (inspect.unwrap(value) if callable(value) else value, type(value)):
        try:
            return inspect.getabsfile(candidate)
        except (OSError, TypeError):
            continue
    return None


def _source(value):
    for candidate in (value, type(value)):
        try:
            return inspect.getsource(candidate)
        except (OSError, TypeError):
            continue
    return None
