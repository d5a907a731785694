#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes in place that must not be made, with arguments that make no sense either: which of the two is told?

    make python
    python3 tests/parity/refused_writes.py [--rounds 40] [--seed N] [--op PATTERN]

Random calls of every in-place row (op_cases.py, op_rules.py), with arguments of other shapes, dtypes and numbers put in.
What is written is a leaf that requires a gradient, a view of one, one of several views, a view made in no-grad mode, or
none of these. PyTorch's autograd comes before the checks of nearly every op. Compared are the type of the error and the
first line of its text, where either library refuses the write; what else a call is refused for is
ops_against_pytorch.py's to compare.
Exit status 1 where anything differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import collections
import fnmatch
import random
import sys
import warnings

import ops_against_pytorch as ops
from ops_against_pytorch import cutaway, read_catalogue, torch
from op_cases import Draw, Drawn

FORMS = ["leaf", "view of a leaf", "one of many", "unrecorded view", "computed"]
REFUSALS = ("leaf Variable that requires grad", "modified inplace")


def written(library, tensor, form):
    """What the op shall write: a tensor of this form."""
    if tensor.is_floating_point():
        tensor = tensor.requires_grad_()
    if form == "leaf":
        return tensor
    if form == "view of a leaf":
        return tensor.view_as(tensor)
    if form == "unrecorded view":
        with library.no_grad():
            return tensor.view_as(tensor)
    computed = tensor * 1 if tensor.is_floating_point() else tensor
    return computed.unsqueeze(0).unbind(0)[0] if form == "one of many" else computed


class Case(ops.Case):
    """A random call, some of whose arguments are exchanged for others."""

    def __init__(self, seed, number, schema):
        super().__init__(seed, number, schema)
        draw = Draw(f"refused {seed}:{number}:{schema.full_name}")
        self.form, self.others_want = draw.choice(*FORMS), draw.chance(0.5)
        first = self.arguments[0]
        if isinstance(first, Drawn) and not first.dense.is_floating_point() and draw.chance(0.7):
            first.dense = first.dense.double()
        for place, parameter in list(enumerate(schema.parameters))[1:]:
            if draw.chance(0.6):
                self.arguments[place] = self.exchanged(draw, parameter, self.arguments[place])

    @staticmethod
    def exchanged(draw, parameter, argument):
        if isinstance(argument, Drawn):
            return draw.tensor(None, draw.choice(argument.dense.dtype, torch.float32, torch.float64, torch.int64, torch.bool))
        wrong = {"int": [7, -9, 0], "Scalar": [True, 2.5], "str": ["nonsense"], "float": [-1.0, 2.5]}
        return draw.choice(*wrong[parameter.kind]) if parameter.kind in wrong else argument

    def outcome(self, library):
        made = []

        def make(tensor):
            tensor = tensor if library is torch else ops.to_cutaway(tensor)
            made.append(tensor)
            if len(made) == 1:
                return written(library, tensor, self.form)
            return tensor.requires_grad_() if self.others_want and tensor.is_floating_point() else tensor

        positional, keywords = self.arranged([ops.built(argument, make, library) for argument in self.arguments])
        library.manual_seed(self.random_seed)
        try:
            ops.function_of(library, self.schema.name)(*positional, **keywords)
            return "done"
        except (RuntimeError, IndexError, TypeError, ValueError, NotImplementedError) as error:
            return f"{type(error).__name__}: {str(error).splitlines()[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=40, help="calls of each row")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--op", default="*", help="only rows whose full name fits this pattern")
    flags = parser.parse_args()
    warnings.simplefilter("ignore")
    seed = random.SystemRandom().randrange(10**9) if flags.seed is None else flags.seed
    schemas = [schema for schema, _ in read_catalogue().values()
               if schema.name.endswith("_") and ops.is_compared(schema) and fnmatch.fnmatch(schema.full_name, flags.op)]
    count, refused, wrong = 0, 0, collections.defaultdict(list)
    for number in range(flags.rounds):
        for schema in schemas:
            case = Case(seed, number, schema)
            expected, found = case.outcome(torch), case.outcome(cutaway)
            count += 1
            is_refused = [any(text in outcome for text in REFUSALS) for outcome in (expected, found)]
            refused += all(is_refused)
            if expected != found and any(is_refused):
                wrong[schema.full_name].append((case, expected, found))
    for name, cases in wrong.items():
        case, expected, found = cases[0]
        print(f"--- {name}: {len(cases)} disagreements\n{case.form}\n{case}\n  PyTorch {expected}\n  Cutaway {found}")
    print(f"{count} calls of {len(schemas)} rows, {refused} writes refused by both, "
          f"{sum(map(len, wrong.values()))} disagreements, seed {seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
