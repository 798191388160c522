"""Parse and compile the statements of a cell. Each statement runs before the next is compiled, as in IPython."""

import __future__

import ast
import codeop
import inspect
import io
import tokenize
import warnings

_FUTURE_FLAGS = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]
_PARSER_FLAGS = codeop.PyCF_DONT_IMPLY_DEDENT | codeop.PyCF_ALLOW_INCOMPLETE_INPUT  # the flags of codeop.Compile
_FLAGS = _PARSER_FLAGS | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_SILENCE = [("ignore", None, Warning, None, 0)]
_INSIGNIFICANT = {
    tokenize.COMMENT,
    tokenize.ENDMARKER,
    tokenize.NEWLINE,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
}


def parse_cell(source, filename, flags=0):
    """Return the statements of a cell's source. Raise SyntaxError, or its subclass for incomplete code."""
    return compile(source, filename, "exec", flags | _PARSER_FLAGS | ast.PyCF_ONLY_AST, dont_inherit=True).body


def parse_quietly(source):
    """Return the syntax tree of a source without warnings. The user sees them when the cell itself is parsed."""
    filters = warnings.filters
    warnings.filters = _SILENCE  # catch_warnings() would reset the memory of warnings that are shown only once
    try:
        return ast.parse(source)
    finally:
        warnings.filters = filters


def uses_await(source):
    """Return whether a cell contains a top-level ``await``.

    Compile the cell twice, because IPython does so before it parses a cell: a syntax warning is then shown as often.
    """
    flags = 0
    for _ in range(2):
        try:
            flags = compile(source, "<>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True).co_flags
        except Exception:  # parsing the cell raises the error that is shown
            return False
    return bool(flags & inspect.CO_COROUTINE)


def compile_statement(statement, filename, flags=0):
    """Compile a statement. Return its code and the flags for later statements, which include its ``__future__`` imports."""
    code = compile_statements([statement], filename, flags)
    return code, flags | sum(flag for flag in _FUTURE_FLAGS if code.co_flags & flag)


def compile_statements(statements, filename, flags=0):
    """Compile statements into one code object."""
    return compile(ast.Module(statements, []), filename, "exec", flags | _FLAGS, dont_inherit=True)


def compile_for_magic(statements, filename, flags=0):
    """Compile statements with codeop, whose frame belongs to the traceback of a syntax error."""
    return codeop.Compile()(ast.Module(statements, []), filename, "exec", flags=flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def compile_value(expression, filename, flags=0):
    """Compile an expression for evaluation."""
    return compile(ast.Expression(expression), filename, "eval", flags | _FLAGS, dont_inherit=True)


def compile_cell(source, filename, flags=0):
    """Compile a magic's cell. Return the code of its statements and of its last expression, or None for a missing part."""
    statements = parse_cell(source, filename, flags)
    expression = statements.pop().value if statements and isinstance(statements[-1], ast.Expr) else None
    code = compile_statements(statements, filename, flags) if statements else None
    return code, compile_value(expression, filename, flags) if expression else None


def ends_with_semicolon(source):
    """Return whether the last token except comments is a semicolon. The value of the cell is then not shown."""
    last = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _INSIGNIFICANT:
                last = token
    except (SyntaxError, tokenize.TokenError):
        return False
    return last is not None and last.string == ";"


def shown_statements(statements, which):
    """Return the statements whose values are shown.

    For ``last_expr_or_assign``, append an expression with the variable of a last assignment to the statements.

    :param which: IPython's ``ast_node_interactivity``
    """
    if which == "last_expr_or_assign" and statements:
        match statements[-1]:
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                if isinstance(target, ast.Name):
                    value = ast.copy_location(ast.Name(target.id), target)
                    statements.append(ast.copy_location(ast.Expr(value), target))
    return statements if which == "all" else [] if which == "none" else statements[-1:]
