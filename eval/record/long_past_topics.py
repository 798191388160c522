"""Define the topics of the sessions that long_pasts.py writes.

Each topic is a cell that defines something (`code`), the cells that change it later (`later`), and a cell that uses it
(`question`). `depends_on` are the parts of these cells that are needed to know the output of the last one.
"""

ROWS = ",\n".join(
    f"    ({7 * nth % 31}, '{'north south east west'.split()[nth % 4]}', {(nth * nth * 37 + 11) % 1000 / 10})" for nth in range(60)
)

TOPICS = [
    {
        "name": "function",
        "kind": "function",
        "code": """def invoice_total(lines, discount=0.15):
    total = 0
    for quantity, price in lines:
        part = quantity * price
        total += part * (1 - discount) if quantity >= 10 else part
    return round(total, 2)""",
        "question": "invoice_total([(2, 7.5), (12, 3.25)])",
        "depends_on": ["discount=0.15", "if quantity >= 10 else part"],
    },
    {
        "name": "helper",
        "kind": "function",
        "code": """def in_minutes(clock):
    hours, minutes = clock.split(".")
    return int(hours) * 60 + int(minutes)


def shift(start, end, pause=35):
    return in_minutes(end) - in_minutes(start) - pause""",
        "question": 'print(shift("8.20", "16.05"))',
        "depends_on": ['clock.split(".")', "pause=35"],
    },
    {
        "name": "closure",
        "kind": "function",
        "code": """def scaled_by(factor):
    def scale(value):
        return value * factor + 1
    return scale


triple = scaled_by(3)""",
        "question": "triple(14)",
        "depends_on": ["value * factor + 1", "triple = scaled_by(3)"],
    },
    {
        "name": "class",
        "kind": "class",
        "code": """class Tank:
    capacity = 340

    def __init__(self, level=85):
        self.level = level

    def fill(self, litres):
        self.level = min(self.capacity, self.level + litres)
        return self

    def __repr__(self):
        return f"Tank({self.level} of {self.capacity})\"""",
        "question": "Tank().fill(120).fill(200)",
        "depends_on": ["capacity = 340", "level=85", "Tank({self.level} of {self.capacity})"],
    },
    {
        "name": "subclass",
        "kind": "class",
        "code": """class Ticket:
    price = 12

    def cost(self, people):
        return self.price * people


class GroupTicket(Ticket):
    price = 9

    def cost(self, people):
        return super().cost(people) + 4""",
        "question": "GroupTicket().cost(6), Ticket().cost(2)",
        "depends_on": ["super().cost(people) + 4", "price = 12"],
    },
    {
        "name": "variable",
        "kind": "variable",
        "code": 'fares = {"city": 2.4, "region": 5.9, "night": 3.75, "return": 9.1}',
        "question": 'fares["night"] * 2 + fares["return"]',
        "depends_on": ['"night": 3.75', '"return": 9.1'],
    },
    {
        "name": "loop_variable",
        "kind": "variable",
        "code": "for stride in (2, 5, 11):\n    pass",
        "question": "stride",
        "depends_on": ["for stride in (2, 5, 11)"],
    },
    {
        "name": "import",
        "kind": "import",
        "code": "import statistics as st\nfrom collections import Counter as Tally",
        "question": 'st.median([31, 9, 4, 12]), Tally("abracadabra").most_common(2)',
        "depends_on": ["import statistics as st", "Counter as Tally"],
    },
    {
        "name": "import_alias",
        "kind": "import",
        "code": "from math import floor as whole, hypot as far",
        "question": "whole(far(3.2, 4.9)), whole(-0.5)",
        "depends_on": ["floor as whole", "hypot as far"],
    },
    {
        "name": "pasted_text",
        "kind": "data",
        "code": '''stations = """
code,name,metres
brk,Brocken,1141
zug,Zugspitze,2962
hel,Helgoland,61
arb,Arber,1455
wsp,Wasserkuppe,950
"""''',
        "question": '[line.split(",")[1] for line in stations.split() if line.endswith("5")]',
        "depends_on": ["arb,Arber,1455"],
    },
    {
        "name": "pasted_rows",
        "kind": "data",
        "code": f"readings = [\n{ROWS},\n]",
        "question": "readings[37], sum(1 for _, side, _ in readings if side == 'west')",
        "depends_on": ROWS.splitlines()[37:38],
    },
    {
        "name": "edited_later",
        "kind": "edit",
        "code": 'def grade(points):\n    return "pass" if points >= 50 else "fail"',
        "later": ['def grade(points):\n    return "pass" if points >= 65 else "resit" if points >= 58 else "fail"'],
        "question": "grade(60), grade(50)",
        "depends_on": ['"resit" if points >= 58'],
    },
    {
        "name": "data_edited",
        "kind": "edit",
        "code": 'prices = {"bread": 3.2, "milk": 1.3, "rice": 2.6}',
        "later": ['prices = {"bread": 3.4, "milk": 1.25, "rice": 2.6, "salt": 0.8}'],
        "question": 'sum(prices[food] for food in ("milk", "salt"))',
        "depends_on": ['"milk": 1.25', '"salt": 0.8'],
    },
    {
        "name": "rerun",
        "kind": "rerun",
        "code": "visits = 10",
        "later": ["visits += 3\nvisits", "visits += 3\nvisits", "visits += 3\nvisits"],
        "question": "visits",
        "depends_on": ["visits = 10", "visits += 3"],
    },
    {
        "name": "mutated",
        "kind": "rerun",
        "code": 'queue = ["ann", "bob"]',
        "later": ['queue.append("cleo")', "queue.pop(0)", 'queue.append("cleo")'],
        "question": "queue",
        "depends_on": ['queue = ["ann", "bob"]', 'queue.append("cleo")', "queue.pop(0)"],
    },
    {
        "name": "called_function",
        "kind": "rerun",
        "code": 'basket = {"leeks": 2}\n\n\ndef put(basket, what, count=1):\n    basket[what] = basket.get(what, 0) + count',
        "later": ['put(basket, "plums", 6)', 'put(basket, "leeks")'],
        "question": "basket",
        "depends_on": ['put(basket, "plums", 6)', 'put(basket, "leeks")', "basket.get(what, 0) + count"],
    },
    {
        "name": "called_global",
        "kind": "rerun",
        "code": "turns = 0\n\n\ndef turn(by=90):\n    global turns\n    turns = (turns + by) % 360",
        "later": ["turn()", "turn(by=225)", "turn()"],
        "question": "turns",
        "depends_on": ["turns = (turns + by) % 360", "turn(by=225)"],
    },
    {
        "name": "rebound_global",
        "kind": "rebound",
        "code": "rate = 4\n\n\ndef converted(amount):\n    return amount * rate",
        "later": ["rate = 9"],
        "question": "converted(5)",
        "depends_on": ["return amount * rate", "rate = 9"],
    },
    {
        "name": "captured_default",
        "kind": "rebound",
        "code": "limit = 5\n\n\ndef capped(value, most=limit):\n    return min(value, most)",
        "later": ["limit = 50"],
        "question": "capped(20), limit",
        "depends_on": ["most=limit", "limit = 5\n", "limit = 50"],
    },
    {
        "name": "deleted",
        "kind": "rebound",
        "code": 'draft = ["title", "body"]',
        "later": ["del draft"],
        "question": "draft",
        "depends_on": [],
    },
]
