#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random indexing expressions, by Cutaway and by PyTorch: x[...], x[...] = value, index_put_.

    make python
    python3 tests/parity/random_indexing.py [--cases 12000] [--seed N]
    python3 tests/parity/random_indexing.py --replay SEED:NUMBER

Expressions are drawn by tests/fixtures/indexing_fixtures.py, which wrote the 1,600 that `make test` holds; one is
fully given by the seed, which is printed, and its number. Compared are values, sizes, strides, whether the
result is a view and where it begins, and for what PyTorch refuses the type and the first line of the error.
Exit status 1 where anything differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import pathlib
import random
import sys

try:
    import torch
except ImportError:
    print("skipped: PyTorch is not installed")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "python"), str(ROOT / "tests" / "fixtures")]
import cutaway  # noqa: E402
import indexing_fixtures as fixtures  # noqa: E402

KINDS = ["read"] * 4 + ["write"] * 3 + ["accumulate"]


def to_cutaway(value):
    return cutaway.from_dlpack(value) if isinstance(value, torch.Tensor) else value


def storage_of(tensor):
    return tensor.data_ptr() - tensor.storage_offset() * tensor.element_size()


def answer_of_cutaway(expression):
    """In the words of indexing_fixtures.py."""
    x = cutaway.from_dlpack(expression.tensor())
    key = tuple(to_cutaway(index) for index, _ in expression.indices)
    brackets = key[0] if len(key) == 1 else key
    if expression.kind == "read":
        begin = expression.tensor().storage_offset()
        return fixtures.attempt(lambda: described(x, x[brackets], begin))

    def write():
        if expression.kind == "accumulate":
            x.index_put_(key, to_cutaway(expression.value), True)
        else:
            x[brackets] = to_cutaway(expression.value)
        return fixtures.values_text(torch.from_dlpack(x))

    return fixtures.attempt(write)


def described(x, result, begin):
    """x begins at offset 0 here: from_dlpack does not take over what lies before the first element."""
    shape = f"[{fixtures.text_of(result.shape)}]"
    if result.numel() == 0:
        return shape
    shape += f" [{fixtures.text_of(result.stride())}]"
    is_view = storage_of(result) == storage_of(x)
    offset = begin + result.storage_offset()
    return (f"v {shape} {offset}" if is_view else shape) + " | " + fixtures.values_text(torch.from_dlpack(result))


def draw(seed, number):
    fixtures.rng.seed(f"{seed}:{number}")
    expression, expected = fixtures.draw_expression(KINDS[number % len(KINDS)])
    return expression, expected, answer_of_cutaway(expression)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=12000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--replay", help="SEED:NUMBER of one expression, which is shown")
    flags = parser.parse_args()
    torch.set_num_threads(1)
    if flags.replay:
        seed, _, number = flags.replay.partition(":")
        expression, expected, found = draw(int(seed), int(number))
        print(f"{expression}\n  PyTorch: {expected}\n  Cutaway: {found}")
        return 0
    seed = random.SystemRandom().randrange(10**9) if flags.seed is None else flags.seed
    print(f"seed {seed}: {flags.cases} expressions", flush=True)
    refused, wrong = 0, 0
    for number in range(flags.cases):
        expression, expected, found = draw(seed, number)
        refused += expected.startswith("!")
        if expected != found:
            wrong += 1
            print(f"--- {expression}  (replay with --replay {seed}:{number})")
            print(f"  PyTorch: {expected}\n  Cutaway: {found}")
    print(f"{flags.cases} expressions, {refused} of them refused by PyTorch, {wrong} disagreements, seed {seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
