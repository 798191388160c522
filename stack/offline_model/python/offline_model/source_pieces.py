"""Which lines a traceback shows around the one that failed: whole statements, within the function's body."""

import ast

MAX_PIECE_LINES = 6  # a longer statement beside the one that failed is cut in the middle

GAP = None  # stands for cut lines


def lines_around(lines, tree, lineno, function_name, around):
    """The numbers of the lines to show, in order, with GAP where lines are left out.

    ``lines`` are the source's lines, ``tree`` its syntax tree (None when it has none), ``function_name`` the name in
    the frame's code object, ``around`` the number of statements to show before and after the one that failed.
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
    """First and last line of the function or class that the frame runs; of the whole source for a module's frame."""
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
    """The source as (start, end) ranges of lines: one a simple statement, one a compound statement's header."""
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
