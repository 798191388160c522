"""Implement the programs that print their arguments: ``echo``, ``printf`` and ``seq``."""

import re

from .escapes import unescape
from .programs import program

_FORMAT = re.compile(r"%(%|[-+ 0#]*\d*(?:\.\d+)?[sdioxXfeg c])")


@program("echo", None)
def _echo(call):
    words, is_escaped, end = list(call.arguments), False, "\n"
    while words and re.fullmatch(r"-[neE]+", words[0]):
        option = words.pop(0)
        end = "" if "n" in option else end
        is_escaped = "e" in option or (is_escaped and "E" not in option)
    text = " ".join(words)
    call.stdout((unescape(text) if is_escaped else text) + end)


@program("printf", None)
def _printf(call):
    if not call.arguments:
        return call.fail("usage: printf [-v var] format [arguments]", 2)
    form, *words = call.arguments
    form, is_first = unescape(form), True
    while is_first or words:
        is_first, previous_count = False, len(words)

        def replace(match):
            spec = match.group(1)
            if spec == "%":
                return "%"
            word = words.pop(0) if words else ""
            if spec[-1] in "sc":
                return f"%{spec}" % word
            return f"%{spec}" % (float(word or 0) if spec[-1] in "feg" else int(word or 0))

        call.stdout(_FORMAT.sub(replace, form))
        if len(words) == previous_count:
            break


@program("seq", None)
def _seq(call):
    numbers = [int(word) for word in call.arguments]
    first, step, last = {1: (1, 1), 2: (None, 1)}.get(len(numbers), (None, None)) + (numbers[-1],)
    first = numbers[0] if first is None else first
    step = numbers[1] if step is None else step
    call.stdout("".join(f"{number}\n" for number in range(first, last + (1 if step > 0 else -1), step)))
