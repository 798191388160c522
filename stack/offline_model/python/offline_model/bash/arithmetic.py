"""Evaluate arithmetic expressions: the text between ``$((`` and ``))``."""

import ast
import operator

_OPERATORS = {
    **{ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Pow: operator.pow},
    **{ast.Lt: operator.lt, ast.Gt: operator.gt, ast.LtE: operator.le, ast.GtE: operator.ge},
    **{ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.USub: operator.neg, ast.UAdd: operator.pos},
    ast.Div: lambda a, b: int(a / b),
    ast.Mod: lambda a, b: a - b * int(a / b),
}


class ExpansionError(Exception):
    """A word cannot be expanded. The message is bash's."""


def evaluate(text, shell):
    """Return the value of an expression. Raise ExpansionError for a syntax error or a division by 0."""
    try:
        return int(_value(ast.parse(text.replace("$", "").strip() or "0", mode="eval").body, shell))
    except ZeroDivisionError:
        raise ExpansionError(f'{text.strip()}: division by 0 (error token is "{text.split("/")[-1].strip()}")') from None
    except (SyntaxError, KeyError, TypeError, ValueError):
        raise ExpansionError(f"{text.strip()}: syntax error: operand expected") from None


def _value(node, shell):
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.Name(id=name):
            return int(shell.variable(name) or 0)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value(left, shell), _value(right, shell))
        case ast.UnaryOp(op=op, operand=operand):
            return _OPERATORS[type(op)](_value(operand, shell))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _OPERATORS[type(op)](_value(left, shell), _value(right, shell))
    raise ValueError(node)
