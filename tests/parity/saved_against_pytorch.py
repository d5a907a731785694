#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What every op saves for its backward, by Cutaway and by PyTorch: the same tensors, in the same order?

    make python
    python3 tests/parity/saved_against_pytorch.py [--cases 6000] [--seed N] [--op PATTERN] [--mixed]
    python3 tests/parity/saved_against_pytorch.py --replay SEED:NUMBER

Which tensors a node keeps decides more than memory: a write to one of them is refused in backward, and which one the
error names depends on the order; saved-tensor hooks and checkpoints see all of them; a node that kept nothing can run
twice. So random calls of every row (op_cases.py, op_rules.py), of float64 tensors of which a random choice requires a
gradient, are run under torch.autograd.graph.saved_tensors_hooks. Compared are

    packed      in forward, in order: which argument or result it is (by its memory), or another tensor; its shape, dtype
    unpacked    in backward, in order
    again       whether a second backward is refused
    released    which of the attributes are refused then, and which are None
    attributes  what the nodes of the results show of it, as what (node._saved_self)
    graph       which gradients require a gradient under create_graph=True
    requires    which results require a gradient

With --mixed the dtypes of the arguments are drawn as well. saved_exceptions.py says which rows differ, and why.
Exit status 1 where anything differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import collections
import fnmatch
import random
import sys

import ops_against_pytorch as ops
from ops_against_pytorch import cutaway, op_rules, read_catalogue, torch
from op_cases import Draw
from saved_exceptions import EXCEPTIONS, OTHER_NODES

ERRORS = (RuntimeError, IndexError, TypeError, ValueError, NotImplementedError)


class Case(ops.Case):
    def __init__(self, seed, number, schema, mixed):
        self.schema, self.seed = schema, f"{seed}:{number}"
        draw = Draw(f"{seed}:{number}:{schema.full_name}")
        draw.finite, draw.expanding = True, False
        draw.dtype = torch.float64
        if not mixed:
            draw.floating = lambda: None
            draw.other = lambda: draw.tensor(draw.broadcastable(draw.shape), draw.dtype)
        given = op_rules.rule_of(schema.full_name)(draw)
        self.arguments = [given[p.name] if p.name in given else draw.argument(p) for p in schema.parameters]
        self.random_seed = draw.integer(0, 2**31)
        self.wanted = [draw.chance(0.6) for _ in range(8)]

    def call(self, library):
        """The call with some of the tensors requiring a gradient: results, tensors as given, leaves."""
        given, leaves = [], []

        def make(tensor):
            tensor = tensor if library is torch else ops.to_cutaway(tensor)
            wanted = tensor.is_floating_point() and self.wanted[len(given) % len(self.wanted)]
            if wanted:
                leaves.append(tensor.requires_grad_())
                tensor = tensor.clone()  # a leaf must not be written in place
            given.append(tensor)
            return tensor

        def seen(argument):
            value = argument.build(make)
            given[-1] = value
            return value

        def built(argument):
            if isinstance(argument, ops.Drawn):
                return seen(argument)
            return [built(each) for each in argument] if isinstance(argument, list) else ops.built(argument, make, library)

        positional, keywords = self.arranged([built(argument) for argument in self.arguments])
        library.manual_seed(self.random_seed)
        return lambda: ops.function_of(library, self.schema.name)(*positional, **keywords), given, leaves

    def seen(self, library):
        """What can be seen of what is saved; None where the call is refused."""
        call, given, leaves = self.call(library)
        pointers = [tensor.data_ptr() for tensor in given]
        packed, unpacked = [], []

        def pack(tensor):
            packed.append(tensor)
            return len(packed) - 1

        def unpack(number):
            unpacked.append(number)
            return packed[number]

        try:
            with library.autograd.graph.saved_tensors_hooks(pack, unpack):
                result = call()
        except ERRORS as error:
            return {"refused": str(error).split("\n")[0]}
        results = flat(result, library)
        outputs = [tensor for tensor in results if tensor.requires_grad]
        result_pointers = [tensor.data_ptr() for tensor in results]
        told = [describe(tensor, pointers, result_pointers) for tensor in packed]
        found = {"requires": [tensor.requires_grad for tensor in results], "packed": told,
                 "elements": sum(tensor.numel() for tensor in results)}
        if not outputs:
            return found
        found["attributes"] = [attributes(tensor.grad_fn, library, pointers, result_pointers) for tensor in outputs]
        unpacked.clear()
        directions = [library.ones_like(tensor) for tensor in outputs]
        try:
            library.autograd.backward(outputs, directions)
        except ERRORS as error:
            found["backward"] = str(error).split("\n")[0]
            return found
        found["unpacked"] = [told[number] for number in unpacked]
        found["released"] = [attributes(tensor.grad_fn, library, pointers, result_pointers) for tensor in outputs]
        try:
            library.autograd.backward(outputs, directions)
            found["again"] = "allowed"
        except ERRORS as error:
            found["again"] = str(error).split("(")[0]
        call, given, leaves = self.call(library)
        outputs = [tensor for tensor in flat(call(), library) if tensor.requires_grad]
        try:
            grads = library.autograd.grad(outputs, leaves, directions, create_graph=True, allow_unused=True)
            found["graph"] = [grad if grad is None else grad.requires_grad for grad, leaf in zip(grads, leaves) if leaf.numel()]
        except ERRORS as error:
            found["graph"] = str(error).split(":")[0]
        return found


def flat(result, library):
    results = list(result) if isinstance(result, (tuple, list)) else [result]
    return [tensor for each in results for tensor in (flat(each, library) if isinstance(each, (tuple, list)) else [each])
            if isinstance(tensor, library.Tensor)]


def attributes(node, library, pointers, result_pointers):
    """The node's name, and the tensors that it shows."""
    prefix = "_raw_saved_" if library is torch else "_saved_"
    names = sorted(name.removeprefix(prefix) for name in dir(node) if name.startswith(prefix))
    shown = {}
    for name in names:
        try:
            saved = getattr(node, "_saved_" + name)
        except RuntimeError as error:
            shown[name] = str(error).split("(")[0]
            continue
        shown[name] = [each if each is None else describe(each, pointers, result_pointers)
                       for each in (saved if isinstance(saved, tuple) else (saved,))]
    return node.name().removeprefix("torch::autograd::"), shown


def describe(tensor, pointers, result_pointers):
    pointer = tensor.data_ptr()
    what = ("empty" if not tensor.numel() else f"argument {pointers.index(pointer)}" if pointer in pointers else
            f"result {result_pointers.index(pointer)}" if pointer in result_pointers else "other")
    return f"{what} {str(tensor.dtype).split('.')[-1]} {list(tensor.shape)}"


def difference(case):
    expected, found = case.seen(torch), case.seen(cutaway)
    if "refused" in expected:
        # Whether both refuse is compared by ops_against_pytorch.py.
        return ops.REFUSED if "refused" in found or "saved for backward" not in expected["refused"] else str(expected)
    if "refused" in found:
        return f"refused: {found['refused']}"
    if "backward" in expected and "not implemented" not in expected["backward"]:
        return None  # a bug of PyTorch's: nothing to compare with
    if found.pop("elements") == 0 and expected["requires"] != found["requires"]:
        return None  # of no elements no gradient comes
    if case.schema.name in OTHER_NODES:
        for key in ("attributes", "released"):
            expected.pop(key, None)
            found.pop(key, None)
    for key in ("requires", "packed", "attributes", "backward", "unpacked", "again", "released", "graph"):
        if expected.get(key) != found.get(key):
            kind = key
            if key in ("packed", "unpacked") and sorted(expected.get(key, [])) == sorted(found.get(key, [])):
                kind += " in another order"
            return f"{kind}: PyTorch {expected.get(key)}, Cutaway {found.get(key)}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--op", default="*", help="only rows whose full name fits this pattern")
    parser.add_argument("--mixed", action="store_true", help="draw the dtypes of the arguments, too")
    parser.add_argument("--replay", help="SEED:NUMBER of one case, which is shown")
    parser.add_argument("--show", type=int, default=2, help="disagreements to show for each row")
    flags = parser.parse_args()

    schemas = sorted((schema for schema, _ in read_catalogue().values() if ops.is_compared(schema)),
                     key=lambda s: s.full_name)
    if flags.replay:
        seed, _, number = flags.replay.partition(":")
        case = Case(int(seed), int(number), schemas[int(number) % len(schemas)], flags.mixed)
        print(case, "\n  ", case.wanted, difference(case) or "agrees", flush=True)
        return 0
    seed = random.SystemRandom().randrange(10**9) if flags.seed is None else flags.seed
    chosen = [n for n, schema in enumerate(schemas)
              if fnmatch.fnmatch(schema.full_name, flags.op) and schema.name not in EXCEPTIONS]
    print(f"seed {seed}: {flags.cases} cases over {len(chosen)} rows", flush=True)
    numbers = [round_ * len(schemas) + n for round_ in range(flags.cases // max(len(chosen), 1) + 1) for n in chosen]
    compared, refused, wrong = 0, 0, collections.defaultdict(list)
    for number in numbers[: flags.cases]:
        case = Case(seed, number, schemas[number % len(schemas)], flags.mixed)
        text = difference(case)
        compared += 1
        refused += text == ops.REFUSED
        if text and text != ops.REFUSED:
            wrong[case.schema.full_name].append((case, text))
    for name in sorted(wrong):
        print(f"--- {name}: {len(wrong[name])} disagreements")
        kinds = {}
        for case, text in wrong[name]:
            kinds.setdefault(text.split(":")[0], (case, text))
        for case, text in list(kinds.values())[: flags.show]:
            print(f"    {case.seed} {''.join('01'[w] for w in case.wanted)} {text[:600]}")
    total = sum(map(len, wrong.values()))
    print(f"{compared} cases, {refused} of them refused by both, {total} disagreements in {len(wrong)} rows, seed {seed}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
