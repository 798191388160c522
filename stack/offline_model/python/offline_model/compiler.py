"""Compiles a cell: its statements, and apart from them its last expression, whose value is shown."""

import __future__

import ast
import io
import tokenize

_FUTURE_FLAGS = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]
_INSIGNIFICANT = {
    tokenize.COMMENT,
    tokenize.ENDMARKER,
    tokenize.NEWLINE,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
}


def compile_cell(source, filename, flags=0):
    """Compiles a cell's source.

    Returns the code of the statements, the code of the last expression (each None when there is none) and the flags for
    the cells to come: ``from __future__`` imports hold for them too. Raises SyntaxError.
    """
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree = compile(source, filename, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    return compile_tree(tree, filename, flags)


def compile_tree(tree, filename, flags=0):
    """Compiles what a source has been parsed to, which is changed by it; returns what :func:`compile_cell` does."""
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    expression = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    statements = compile(tree, filename, "exec", flags, dont_inherit=True) if tree.body else None
    if statements:
        flags |= sum(flag for flag in _FUTURE_FLAGS if statements.co_flags & flag)
    value = None
    if expression:
        value = compile(ast.Expression(expression.value), filename, "eval", flags, dont_inherit=True)
    return statements, value, flags


def ends_with_semicolon(source):
    """Whether the last thing in the source that is no comment is a semicolon: its value is then not shown."""
    last = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _INSIGNIFICANT:
                last = token
    except (SyntaxError, tokenize.TokenError):
        return False
    return last is not None and last.string == ";"
