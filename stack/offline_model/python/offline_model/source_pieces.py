"""Select the lines that a traceback shows around the failing line: complete statements of the same function.

The source is divided into pieces: a piece is a simple statement, or the header of a compound statement.
"""

import ast

MAX_PIECE_LINES = 6  # if a statement beside the failing one has more lines, it is cut in the middle

GAP = None  # marks omitted lines


def lines_around(lines, tree, lineno, function_name, around):
    """Return the numbers of the lines to show, in order, with GAP in place of omitted lines.

    :param lines: the lines of the source
    :param tree: the syntax tree of the source, or None if it cannot be parsed
    :param lineno: the number of the failing line
    :param function_name: the name in the frame's code object
    :param around: the number of pieces to show before and after the failing one
    """
    if tree is None:
        return list(range(max(1, lineno - around), min(len(lines), lineno + around) + 1))
    first, last = _scope(tree, lineno, function_name, len(lines))
    pieces = [piece for piece in _pieces(tree, lines) if first <= piece[0] and piece[1] - 1 <= last]
    failed = next((index for index, (start, end) in enumerate(pieces) if start <= lineno < end), None)
    if failed is None:
        return [lineno]
    shown = []
    first_piece = max(0, failed - around)
    for index, (start, end) in enumerate(pieces[first_piece : failed + around + 1], first_piece):
        numbers = list(range(start, end))
        if index != failed and len(numbers) > MAX_PIECE_LINES:
            numbers = [*numbers[: MAX_PIECE_LINES // 2], GAP, *numbers[-(MAX_PIECE_LINES // 2 - 1) :]]
        shown.extend(numbers)
    return shown


def _scope(tree, lineno, function_name, line_count):
    """Return the first and the last line of the function or class that a frame runs. A module's frame runs all lines."""
    best = (1, line_count)
    if function_name == "<module>":
        return best
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            start, end = _line_range(node)
            named = node.name == function_name or function_name.startswith("<")
            if named and start <= lineno < end and start >= best[0]:
                best = (start, end - 1)
    return best


def _line_range(node):
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)]), node.end_lineno + 1


def _pieces(tree, lines):
    """Yield the pieces of the source as line ranges (start, end), where the end is exclusive."""
    merged = []
    for start, end in _split(tree, 1, len(lines) + 1):
        if end <= start:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in merged:
        while start < end and not lines[start - 1].strip():
            start += 1
        while start < end and not lines[end - 2].strip():
            end -= 1
        if start < end:
            yield start, end


def _split(node, start, end):
    for _, body in ast.iter_fields(node):
        if not (isinstance(body, list) and body and isinstance(body[0], (ast.stmt, ast.ExceptHandler, ast.match_case))):
            continue
        for child in body:
            if isinstance(child, ast.match_case):
                child_range = (child.pattern.lineno, child.body[-1].end_lineno + 1)
            else:
                child_range = _line_range(child)
            for inner_start, inner_end in _split(child, *child_range):
                if start < inner_start:
                    yield start, inner_start
                yield inner_start, inner_end
                start = inner_end
    yield start, end
