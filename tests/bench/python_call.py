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

CASES = ["x.exp()", "m.exp(x)", "x + y", "x + 2", "x * y", "m.add(x, y, alpha=2)", "x.sum()", "x.sum(0)", "x.max(0)",
         "x.add_(y)", "x.view(1, 1)", "x[0]", "m.zeros(1)", "x.shape", "x.item()"]
IN_CPP = {"x.exp()": ("exp", 1), "m.exp(x)": ("exp", 1), "x + y": ("add", 2), "x * y": ("mul", 2),
          "x.add_(y)": ("add_", 2), "x.sum()": ("sum", 1)}
NUMBER, REPEATS = 2000, 40


def nanoseconds(statement, module):
    names = {"m": module, "x": module.ones(1), "y": module.ones(1)}
    return min(timeit.repeat(statement, globals=names, number=NUMBER, repeat=REPEATS)) / NUMBER * 1e9


def in_cpp(op, tensors):
    """The same boxed call without Python."""
    schema, row = read_catalogue()[op]
    x, y = cutaway.ones(1), cutaway.ones(1)
    values = [x, y][:tensors] + [parameter.default for parameter in schema.parameters[tensors:]]
    data = b"".join([_values.encode(*pair) for pair in zip(schema.parameters, values)])
    return min(lib.time_call(row, data, len(data) // _values.BYTES, NUMBER) for _ in range(REPEATS))


def main():
    cutaway.set_num_threads(1)
    worst = 0.0
    print(f"{'call':24}{'Python':>9}{'C++':>9}{'above':>9}{'PyTorch':>9}   ns")
    for statement in CASES:
        ours = nanoseconds(statement, cutaway)
        cpp = in_cpp(*IN_CPP[statement]) if statement in IN_CPP else None
        theirs = f"{nanoseconds(statement, torch):9.0f}" if torch else "        -"
        if cpp is None:
            print(f"{statement:24}{ours:9.0f}{'':18}{theirs}")
        else:
            worst = max(worst, ours - cpp)
            print(f"{statement:24}{ours:9.0f}{cpp:9.0f}{ours - cpp:9.0f}{theirs}")
    print(f"worst_above_ns={worst:.0f}")


if __name__ == "__main__":
    main()
