"""Write the cells of a session in which the last cells use definitions from many cells earlier.

Usage: python3 eval/record/long_pasts.py DISTANCE > CELLS.json

The cell that uses a definition comes DISTANCE cells after it. DISTANCE is at least 50, and the same distance always gives
the same cells. record.py runs them and records their outputs.
"""

import json
import sys

from long_past_topics import TOPICS

# The total size of the cells between definitions and uses, in characters: about 45,000 tokens, nearly twice the history
# that a request contains by default.
FILLER_SIZE = 110_000

WORDS = "amber basin cedar delta ember fjord grove heath inlet juniper kelp ledge marsh north orchard pine quarry ridge".split()


def main():
    distance = int(sys.argv[1])
    cells = session_cells(distance)
    json.dump({"cells": cells}, sys.stdout, indent=1)
    sys.stdout.write("\n")


def session_cells(distance):
    """Return the cells of a session, each with its execution count."""
    count = distance - len(TOPICS)
    replaced = sum(len(topic.get("later", [])) for topic in TOPICS)
    fillers = [filler_cell(nth, FILLER_SIZE // (count - replaced)) for nth in range(count)]
    for nth, topic in enumerate(TOPICS):
        for part, code in enumerate(topic.get("later", [])):
            # The changes of a topic are spread over the filler cells. Each replaces one of them.
            index = (part + 1) * len(fillers) // (len(topic["later"]) + 1)
            while fillers[index] is None or fillers[index].startswith("#!"):
                index += 1
            fillers[index] = "#!" + code
    fillers = [code.removeprefix("#!") for code in fillers]
    history = [topic["code"] for topic in TOPICS] + fillers
    cells = [{"name": f"past_{count}", "kind": "past", "code": code} for count, code in enumerate(history, 1)]
    for topic in TOPICS:
        cells.append({
            "name": f"{topic['name']}_{distance}",
            "kind": f"{topic['kind']} {distance}",
            "depends_on": topic["depends_on"],
            "code": topic["question"],
        })
    return [{**cell, "execution_count": count} for count, cell in enumerate(cells, 1)]


def filler_cell(nth, size):
    """Return a cell that has nothing to do with the topics, of a size in characters. The five kinds of filler cells alternate."""
    return (data_cell, print_cell, function_cell, dict_cell, text_cell)[nth % 5](nth, size)


def numbers(nth, count, below):
    """Yield numbers that look like measurements, from a linear congruential generator (Park and Miller, 1988)."""
    state = 16807 * (nth + 1) % 2147483647
    for _ in range(count):
        state = 48271 * state % 2147483647
        yield state % below


def data_cell(nth, size):
    name = f"{WORDS[nth % len(WORDS)]}_{nth}"
    values = list(numbers(nth, max(8, size // 6), 9000))
    rows = [", ".join(map(str, values[start : start + 14])) for start in range(0, len(values), 14)]
    body = ",\n    ".join(rows)
    return f"{name} = [\n    {body},\n]\nlen({name}), max({name})"


def print_cell(nth, size):
    rows = max(3, size // 60)
    return (
        f"for day in range({nth}, {nth + rows}):\n"
        f"    print(f'day {{day:>3}}: {{day * day % 97:>4}} visits, {{(day * 7919) % 8831:>5}} pages, mean {{(day % 13) / 4:.2f}}')"
    )


def function_cell(nth, size):
    name = f"{WORDS[nth % len(WORDS)]}_step_{nth}"
    lines = [f"    total += value * {factor} if value % {factor % 9 + 2} else -{factor}" for factor in numbers(nth, max(2, size // 60), 90)]
    body = "\n".join(lines)
    return f"def {name}(value):\n    total = 0\n{body}\n    return total\n\n\n[{name}(value) for value in range(5)]"


def dict_cell(nth, size):
    name = f"{WORDS[nth % len(WORDS)]}_table_{nth}"
    values = list(numbers(nth, max(6, size // 20) * 2, 500))
    pairs = [f'    "{WORDS[index % len(WORDS)]}{index}": ({values[2 * index]}, {values[2 * index + 1]}),' for index in range(len(values) // 2)]
    body = "\n".join(pairs)
    return f"{name} = {{\n{body}\n}}\nsorted({name}, key={name}.get)[:3]"


def text_cell(nth, size):
    picked = [WORDS[value] for value in numbers(nth, max(10, size // 7), len(WORDS))]
    lines = "\n".join(" ".join(picked[start : start + 12]) for start in range(0, len(picked), 12))
    return f'log_{nth} = """\n{lines}\n"""\nlog_{nth}.count("{picked[0]}"), len(log_{nth}.split())'


if __name__ == "__main__":
    main()
