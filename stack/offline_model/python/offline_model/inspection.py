"""Implement ``name?``, ``name??`` and similar magics. They write the text of IPython's pager to standard output."""

import builtins
import fnmatch
import inspect
import sys
import textwrap
import types

from . import magics
from .magics import line_magic

STRING_FORM_MAX = 200  # characters of a value's text; a longer text is cut in the middle
STRING_FORM_HALF = 97  # characters that are kept at each end of a text that is cut
STRING_FORM_INDENT = 11  # columns before the second and later lines of a value's text
SIGNATURE_MAX = 75  # columns of a signature on one line
MAX_SUBCLASSES = 10

# The docstrings that all objects of these types inherit. They are not shown.
_OBJECT_INIT_DOC = inspect.getdoc(object.__init__)
_FUNCTION_CALL_DOC = inspect.getdoc(types.FunctionType.__call__)
_BUILTIN_TYPE_DOCS = {inspect.getdoc(cls) for cls in (types.ModuleType, types.MethodType, types.FunctionType, property)}


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
    sys.stdout.write("\n".join(found))


@line_magic("pdoc")
def _pdoc(shell, line):
    found, value = _look_up(shell, line)
    parts = []
    if found:
        method = ("Init", value.__init__) if isinstance(value, type) else ("Call", getattr(value, "__call__", None))
        parts = [("Class", inspect.getdoc(value)), (method[0], inspect.getdoc(method[1]) if method[1] else None)]
    _write_found(
        found,
        "documentation",
        line,
        "\n".join(f"{kind} docstring:\n{textwrap.indent(text, '    ')}" for kind, text in parts if text),
    )


@line_magic("pdef")
def _pdef(shell, line):
    found, value = _look_up(shell, line)
    definition = _definition(value, line) if found else None
    _write_found(found, "definition header", line, f" {definition}\n " if definition else "")


@line_magic("psource")
def _psource(shell, line):
    found, value = _look_up(shell, line)
    _write_found(found, "source", line, (_source(value) or "") if found else "")


def _write_found(found, kind, name, text):
    if not found:
        text = f"Object `{name}` not found.\n"
    sys.stdout.write(text or f"No {kind} found for {name}\n")


def _look_up(shell, name):
    try:
        return True, eval(name, shell.user_ns)
    except Exception:
        return False, None


def _describe(shell, name, with_source):
    if "*" in name:
        _psearch(shell, name)
        return
    magic = magics.find(name)
    found, value = _look_up(shell, name)
    if not found and magic is None:
        sys.stdout.write(f"Object `{name}` not found.\n")
        return
    fields = _fields(value, name, with_source) if found else _magic_fields(magic, with_source)
    width = max(len(label) for label, _ in fields) + 1
    sys.stdout.write(
        "\n".join(f"{label + ':':<{width}}" + ("\n" if "\n" in text else " ") + text for label, text in fields)
    )


def _fields(value, name, with_source):
    source = _source(value) if with_source else None
    text = ("Source", source.rstrip("\n")) if source else ("Docstring", _doc(value) or "<no docstring>")
    kind = ("Type", type(value).__name__)
    if isinstance(value, type):
        subclasses = [cls.__name__ for cls in type.__subclasses__(value)]
        names = ", ".join(subclasses[:MAX_SUBCLASSES] + ["..."] * (len(subclasses) >= MAX_SUBCLASSES))
        signature = _definition(value, name) or _definition(value.__init__, name)
        fields = [("Init signature", signature), text, ("Init docstring", _doc(value.__init__, _OBJECT_INIT_DOC))]
        fields += [("File", _file(value)), kind, ("Subclasses", names)]
    elif inspect.isroutine(value):
        fields = [("Signature", _definition(value, name)), text, ("File", _file(value)), kind]
    else:
        fields = [*_value_fields(value, name, kind), text, *_value_docs(value)]
    return [field for field in fields if field[1] is not None]


def _value_fields(value, name, kind):
    signature = _definition(value, name)
    called = _definition(value.__call__, name) if callable(value) else None
    try:
        length = str(len(value))
    except Exception:
        length = None
    return [
        ("Signature", signature),
        ("Call signature", called if called != signature else None),
        kind,
        ("String form", _string_form(value)),
        ("Namespace", "Python builtin" if vars(builtins).get(name, _MISSING) is value else None),
        ("Length", length),
        ("File", _file(value)),
    ]


def _value_docs(value):
    class_doc = _doc(type(value), *_BUILTIN_TYPE_DOCS)
    return [
        ("Class docstring", class_doc if _doc(value) not in (None, class_doc) else None),
        ("Init docstring", _doc(value.__init__, _OBJECT_INIT_DOC)),
        ("Call docstring", _doc(value.__call__, _FUNCTION_CALL_DOC) if callable(value) else None),
    ]


_MISSING = object()


def _magic_fields(function, with_source):
    source = _source(function) if with_source else None
    text = ("Source", source.rstrip("\n")) if source else ("Docstring", _doc(function) or "<no docstring>")
    return [text, ("File", _file(function))]


def _doc(value, *inherited):
    text = inspect.getdoc(value)
    return None if not text or text in inherited else text


def _definition(value, name):
    """Return a callable's name and parameters, or None. Each parameter of a long signature is on its own line."""
    if not callable(value):
        return None
    try:
        signature = inspect.signature(value)
    except Exception:
        return None
    parameters = str(signature.replace(return_annotation=inspect.Signature.empty))[1:-1]
    lines = signature.replace(return_annotation=inspect.Signature.empty).format(max_width=1).split("\n")[1:-1]
    result = signature.return_annotation
    arrow = "" if result is inspect.Signature.empty else f" -> {inspect.formatannotation(result)}"
    if len(name) + sum(len(line.strip().rstrip(",")) + 2 for line in lines) > SIGNATURE_MAX:
        return f"{name}(\n" + "".join(f"{line}\n" for line in lines) + f"){arrow}"
    return f"{name}({parameters}){arrow}"


def _string_form(value):
    try:
        text = str(value)
    except Exception:
        return f"<object with id {id(value)} (str() failed)>"
    if len(text) > STRING_FORM_MAX:
        text = f"{text[:STRING_FORM_HALF]} <...> {text[-STRING_FORM_HALF:]}"
    return ("\n" + " " * STRING_FORM_INDENT).join(line.strip() for line in text.split("\n"))


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
