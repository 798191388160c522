"""Compiles a cell, one statement after the other, as IPython does: each has run before the next is compiled."""

import __future__

import ast
import codeop
import inspect
import io
import tokenize
import warnings

_FUTURE_FLAGS = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]
_PARSER_FLAGS = codeop.PyCF_DONT_IMPLY_DEDENT | codeop.PyCF_ALLOW_INCOMPLETE_INPUT  # those of codeop.Compile
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
    """Returns the statements of a cell's source. Raises SyntaxError; a subclass of it for incomplete code."""
    return compile(source, filename, "exec", flags | _PARSER_FLAGS | ast.PyCF_ONLY_AST, dont_inherit=True).body


def parse_quietly(source):
    """The syntax tree of a source of which the user has been warned already, or will be."""
    filters = warnings.filters
    warnings.filters = _SILENCE  # catch_warnings() would let warnings come again that come once
    try:
        return ast.parse(source)
    finally:
        warnings.filters = filters


def awaits(source):
    """Whether a cell awaits something. Asks twice, and so warns twice of its syntax, as IPython does before it parses a cell."""
    flags = 0
    for _ in range(2):
        try:
            flags = compile(source, "<>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True).co_flags
        except Exception:  # what the cell's own parsing raises is shown
            return False
    return bool(flags & inspect.CO_COROUTINE)


def compile_statement(statement, filename, flags=0):
    """Compiles a statement; returns its code and the flags for those to come: ``from __future__`` imports hold for them too."""
    code = compile_statements([statement], filename, flags)
    return code, flags | sum(flag for flag in _FUTURE_FLAGS if code.co_flags & flag)


def compile_statements(statements, filename, flags=0):
    """Compiles statements as one."""
    return compile(ast.Module(statements, []), filename, "exec", flags | _FLAGS, dont_inherit=True)


def compile_for_magic(statements, filename, flags=0):
    """The same through codeop, whose frame is in the traceback of an error."""
    return codeop.Compile()(ast.Module(statements, []), filename, "exec", flags=flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def compile_value(expression, filename, flags=0):
    """Compiles an expression for its value."""
    return compile(ast.Expression(expression), filename, "eval", flags | _FLAGS, dont_inherit=True)


def compile_cell(source, filename, flags=0):
    """Compiles a magic's cell: returns the code of its statements and of its last expression, each None when there is none."""
    statements = parse_cell(source, filename, flags)
    expression = statements.pop().value if statements and isinstance(statements[-1], ast.Expr) else None
    code = compile_statements(statements, filename, flags) if statements else None
    return code, compile_value(expression, filename, flags) if expression else None


def ends_with_semicolon(source):
    """Whether the source ends in a semicolon, apart from comments. Its value is then not shown."""
    last = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _INSIGNIFICANT:
                last = token
    except (SyntaxError, tokenize.TokenError):
        return False
    return last is not None and last.string == ";"


def shown_statements(statements, which):
    """The statements whose values are to be shown; appends one for the value of a last assignment, if that is to be.

    ``which`` is IPython's ``ast_node_interactivity``.
    """
    if which == "last_expr_or_assign" and statements:
        match statements[-1]:
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                if isinstance(target, ast.Name):
                    value = ast.copy_location(ast.Name(target.id), target)
                    statements.append(ast.copy_location(ast.Expr(value), target))
    return statements if which == "all" else [] if which == "none" else statements[-1:]
