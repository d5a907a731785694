# SPDX-License-Identifier: MIT
"""What a call from Python costs above the op itself: nanoseconds per call on one element.

    make python && python3 tests/bench/python_call.py

`C++` is the boxed call timed by a loop inside the library, `above` is Python's time less that, and must stay
below 2000. PyTorch stands beside it where it is installed.
"""
import pathlib
import sys
import timeit

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "python"))

import cutaway  # noqa: E402
from cutaway import _values  # noqa: E402
from cutaway._functions import read_catalogue  # noqa: E402
from cutaway._library import lib  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

# The call, and the row with the first of its arguments.
CASES = {
    "x.exp()": ("exp", "x"), "m.exp(x)": ("exp", "x"), "x + y": ("add", "x, y"), "x + 2": ("add", "x, 2"),
    "x * y": ("mul", "x, y"), "m.add(x, y, alpha=2)": ("add", "x, y, 2"), "x.sum()": ("sum", "x"),
    "x.sum(0)": ("sum", "x, [0]"), "x.max(0)": ("max.dim", "x, 0"), "x.add_(y)": ("add_", "x, y"),
    "x.view(1, 1)": ("view", "x, [1, 1]"), "m.zeros(1)": ("zeros", "[1]"), "m.cat([x, y])": ("cat", "[x, y]"),
    "x[0]": (None, ""), "x.shape": (None, ""), "x.item()": (None, "")}
NUMBER, REPEATS = 2000, 40


def nanoseconds(statement, module):
    names = {"m": module, "x": module.ones(1), "y": module.ones(1)}
    return min(timeit.repeat(statement, globals=names, number=NUMBER, repeat=REPEATS)) / NUMBER * 1e9


def in_cpp(op, arguments):
    """The same boxed call without Python."""
    catalogue = read_catalogue()
    schema, row = catalogue.get(op) or catalogue[op + ".Tensor"]
    values = list(eval(f"({arguments},)", {"x": cutaway.ones(1), "y": cutaway.ones(1)}))
    values += [parameter.default for parameter in schema.parameters[len(values):]]
    data = b"".join([_values.encode(*pair) for pair in zip(schema.parameters, values)])
    return min(lib.time_call(row, data, len(data) // _values.BYTES, NUMBER) for _ in range(REPEATS))


def main():
    cutaway.set_num_threads(1)
    worst = 0.0
    print(f"{'call':24}{'Python':>9}{'C++':>9}{'above':>9}{'PyTorch':>9}   ns")
    for statement, (op, arguments) in CASES.items():
        ours = nanoseconds(statement, cutaway)
        theirs = f"{nanoseconds(statement, torch):9.0f}" if torch else "        -"
        if op is None:
            print(f"{statement:24}{ours:9.0f}{'':18}{theirs}")
            continue
        cpp = in_cpp(op, arguments)
        worst = max(worst, ours - cpp)
        print(f"{statement:24}{ours:9.0f}{cpp:9.0f}{ours - cpp:9.0f}{theirs}")
    print(f"worst_above_ns={worst:.0f}")


if __name__ == "__main__":
    main()
