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

# The call, and the row with the first of its arguments, where there is one.
CASES = {
    "x.exp()": ("exp", "x"), "m.exp(x)": ("exp", "x"), "x + y": ("add", "x, y"), "x + 2": ("add", "x, 2"),
    "x * y": ("mul", "x, y"), "x @ y": ("matmul", "x, y"), "x > 0": ("gt", "x, 0"), "-x": ("neg", "x"),
    "x ** 2": ("pow.Tensor_Scalar", "x, 2"), "m.add(x, y, alpha=2)": ("add", "x, y, 2"), "x.add_(y)": ("add_", "x, y"),
    "m.where(c, x, y)": ("where", "c, x, y"), "x.clamp(min=0)": ("clamp", "x, 0"),
    "x.clamp(0, 1)": ("clamp", "x, 0, 1"), "x.sum()": ("sum", "x"), "x.sum(0)": ("sum", "x, [0]"),
    "x.sum(dim=0)": ("sum", "x, [0]"), "x.sum(0, keepdim=True)": ("sum", "x, [0], True"),
    "x.sum(dim=0, keepdim=True)": ("sum", "x, [0], True"), "x.mean((0,))": ("mean", "x, [0]"),
    "x.max(0)": ("max.dim", "x, 0"), "x.max(dim=0)": ("max.dim", "x, 0"), "x.argmax(0)": ("argmax", "x, 0"),
    "x.sort()": ("sort", "x"), "x.topk(1)": ("topk", "x, 1"), "m.softmax(x, 0)": ("softmax", "x, 0"),
    "m.softmax(x, dim=0)": ("softmax", "x, 0"), "x.equal(y)": ("equal", "x, y"),
    "x.view(1, 1)": ("view", "x, [1, 1]"), "x.view(-1)": ("view", "x, [-1]"),
    "x.reshape(-1)": ("reshape", "x, [-1]"), "x.reshape((1, 1))": ("reshape", "x, [1, 1]"),
    "x.transpose(0, 0)": ("transpose", "x, 0, 0"), "x.permute(0)": ("permute", "x, [0]"),
    "x.unsqueeze(0)": ("unsqueeze", "x, 0"), "x.expand(2, 1)": ("expand", "x, [2, 1]"),
    "x.to(m.float64)": ("_to_copy", "x, m.float64"), "x.double()": ("_to_copy", "x, m.float64"),
    "m.zeros(1)": ("zeros", "[1]"), "m.zeros(2, 3)": ("zeros", "[2, 3]"),
    "m.zeros(2, dtype=m.int64)": ("zeros", "[2], m.int64"), "m.zeros_like(x)": ("zeros_like", "x"),
    "m.zeros(1, requires_grad=True)": (None, ""), "m.split(x, 1)": ("split", "x, 1"),
    "m.arange(3)": ("arange.start_step", "0, 3, 1"), "m.cat([x, y])": ("cat", "[x, y]"), "m.cat((x, y), dim=0)": ("cat", "[x, y]"),
    "m.stack([x, y])": ("stack", "[x, y]"), "x.unbind(0)": ("unbind", "x, 0"), "x[0]": ("select", "x, 0, 0"),
    "x[:1]": ("slice", "x, 0, 0, 1"), "z[:, 0]": ("select", "z, 1, 0"), "x[None]": ("unsqueeze", "x, 0"),
    "x.item()": (None, ""), "x.shape": (None, ""), "x.size(0)": (None, ""), "x.dtype": (None, ""),
    "x.dim()": (None, ""), "x.requires_grad": (None, "")}
NUMBER, REPEATS, ROUNDS = 100, 100, 12  # the least of all counts: others use the machine, too


def operands(module):
    return {"m": module, "x": module.ones(1), "y": module.ones(1), "z": module.ones(1, 1),
            "c": module.ones(1, dtype=module.bool)}


def timer_of(statement, module):
    """A function that gives nanoseconds per call."""
    timer = timeit.Timer(statement, globals=operands(module))
    return lambda: min(timer.repeat(REPEATS, NUMBER)) / NUMBER * 1e9


def cpp_timer_of(op, arguments):
    """The same of the boxed call without Python."""
    catalogue = read_catalogue()
    schema, row = next(catalogue[op + suffix] for suffix in ("", ".Tensor", ".int") if op + suffix in catalogue)
    values = list(eval(f"({arguments},)", operands(cutaway)))
    values += [parameter.default for parameter in schema.parameters[len(values):]]
    data = b"".join([_values.encode(*pair) for pair in zip(schema.parameters, values)])
    return lambda values=values: min(lib.time_call(row, data, len(data) // _values.BYTES, NUMBER)
                                     for _ in range(REPEATS))


def main():
    cutaway.set_num_threads(1)
    timers = {}
    for statement, (op, arguments) in CASES.items():
        timers[statement, "ours"] = timer_of(statement, cutaway)
        if op:
            timers[statement, "C++"] = cpp_timer_of(op, arguments)
        if torch:
            timers[statement, "theirs"] = timer_of(statement, torch)
    least = {key: min(times) for key, times in
             zip(timers, zip(*([timer() for timer in timers.values()] for _ in range(ROUNDS))))}
    above = {statement: least[statement, "ours"] - least[statement, "C++"]
             for statement, (op, _) in CASES.items() if op}
    print(f"{'call':28}{'Python':>9}{'C++':>9}{'above':>9}{'PyTorch':>9}   ns")
    for statement in CASES:
        numbers = (least[statement, "ours"], least.get((statement, "C++")), above.get(statement),
                   least.get((statement, "theirs")))
        print(f"{statement:28}" + "".join(f"{'':9}" if each is None else f"{each:9.0f}" for each in numbers))
    print(f"worst_above_ns={max(above.values()):.0f} worst_over_exp={max(above.values()) / above['x.exp()']:.2f}")


if __name__ == "__main__":
    main()
