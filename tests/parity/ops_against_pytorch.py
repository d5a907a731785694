#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random calls of every op, by Cutaway and by PyTorch: same values, same dtypes, same errors?

    make python
    python3 tests/parity/ops_against_pytorch.py [--cases 20000] [--seed N] [--op PATTERN] [--texts] [--graphs]
    python3 tests/parity/ops_against_pytorch.py --replay SEED:NUMBER

Draws cases over the whole catalogue (op_cases.py, op_rules.py), each row as often as any other. A case is
fully given by the seed, which is printed, and its number: --replay shows one with all its arguments.

Compared are dtype, shape, strides, whether the result shares memory with the first argument, and values:
integers and bools exactly, floating point within TOLERANCES (relative to the element, or to the largest element
of the result); for a call that PyTorch refuses, the type of the error and, with --texts, its first line. Random
ops run from the same seed, and their values must be equal to the bit. With --graphs every floating tensor
requires a gradient, and the name of each result's grad_fn is compared, too. What is left out of the comparison, row
by row and with the reason, stands at the top and at the end of op_rules.py.
Exit status 1 where anything differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import collections
import fnmatch
import os
import pathlib
import pickle
import random
import sys
import warnings

try:
    import torch
except ImportError:
    print("skipped: PyTorch is not installed")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "python"))
import cutaway  # noqa: E402
from cutaway import _functions  # noqa: E402
from cutaway._functions import read_catalogue  # noqa: E402

import op_rules  # noqa: E402
from op_cases import Draw, Drawn  # noqa: E402

warnings.simplefilter("ignore")
torch.set_num_threads(1)
TOLERANCES = {torch.float64: (1e-11, 1e-11), torch.float32: (3e-6, 3e-6), torch.float16: (2e-3, 2e-3),
              torch.bfloat16: (1.6e-2, 1.6e-2)}
RANDOM = {"uniform", "normal", "random", "rand", "randn", "randint", "randperm", "bernoulli", "multinomial", "exponential",
          "geometric", "log_normal", "cauchy", "dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout",
          "rand_like", "randn_like", "randint_like", "poisson"}
DTYPES = {dtype: getattr(cutaway, str(dtype).split(".")[1]) for dtype in
          (torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.uint8, torch.int8, torch.int16,
           torch.int32, torch.int64, torch.bool)}


def to_cutaway(tensor):
    return cutaway.from_dlpack(tensor)


# ---- Finding the function ----

def function_of(library, name):
    """The function that a user of the library calls for the row."""
    if name in op_rules.ATTRIBUTES:
        return lambda tensor: getattr(tensor, name)
    if library is torch and name in op_rules.PRIVATE_IN_PYTORCH:
        return getattr(torch._C._nn, name)
    if name == "tensordot":  # the public functions take other arguments than the row
        return getattr(torch._C._VariableFunctions, name) if library is torch else _functions.rows[name]
    for home in (library, library.Tensor, getattr(library.nn, "functional", None) if hasattr(library, "nn") else None,
                 getattr(library, "linalg", None), getattr(library, "special", None)):
        short = name[len("linalg_"):] if name.startswith("linalg_") and home is getattr(library, "linalg", 0) else name
        if home is not None and hasattr(home, short):
            return getattr(home, short)
    if library is torch:
        return getattr(torch._C._nn, name, None) or getattr(torch.ops.aten, name, None)
    return None


# ---- One case ----

class Case:
    def __init__(self, seed, number, schema):
        self.schema, self.seed = schema, f"{seed}:{number}"
        draw = Draw(f"{seed}:{number}:{schema.full_name}")
        draw.finite = schema.name in op_rules.FINITE
        draw.expanding = schema.name not in op_rules.OVERLAP_UNNOTICED
        given = op_rules.rule_of(schema.full_name)(draw)
        self.arguments = [given[p.name] if p.name in given else draw.argument(p) for p in schema.parameters]
        self.random_seed = draw.integer(0, 2**31)

    def run(self, library, graphs=False):
        """("ok", results) or ("error", type, text)."""
        def make(tensor):
            tensor = tensor if library is torch else to_cutaway(tensor)
            # A copy, since a leaf must not be written in place.
            return tensor.requires_grad_().clone() if graphs and tensor.is_floating_point() else tensor

        values = [built(argument, make, library) for argument in self.arguments]
        first = next((value for value in values if isinstance(value, (torch.Tensor, cutaway.Tensor))), None)
        positional, keywords = self.arranged(values)
        library.manual_seed(self.random_seed)
        try:
            result = function_of(library, self.schema.name)(*positional, **keywords)
        except (RuntimeError, IndexError, TypeError, ValueError, NotImplementedError) as error:
            return "error", type(error).__name__, str(error).split("\n")[0]
        results = list(result) if isinstance(result, (tuple, list)) else [result]
        return "ok", results, first

    def arranged(self, values):
        """The values of the arguments, as the positional and the keyword arguments of a call."""
        positional, keywords = [], {}
        for parameter, argument, value in zip(self.schema.parameters, self.arguments, values):
            if parameter.keyword_only or positional and self.schema.name in op_rules.BY_KEYWORD:
                if argument is not parameter.default and argument is not None:
                    keywords[parameter.name] = value
            else:
                positional.append(value)
        while positional and self.schema.parameters[len(positional) - 1].default is None and positional[-1] is None:
            positional.pop()
        return positional[0] if self.schema.name in op_rules.VARIADIC else positional, keywords

    def __str__(self):
        shown = [f"{p.name}={a!r}" for p, a in zip(self.schema.parameters, self.arguments)]
        return f"{self.schema.full_name}  (replay with --replay {self.seed})\n    " + "\n    ".join(shown)


def built(argument, make, library):
    if isinstance(argument, Drawn):
        return argument.build(make)
    if isinstance(argument, list):
        return [built(each, make, library) for each in argument]
    if isinstance(argument, torch.dtype) and library is cutaway:
        return DTYPES[argument]
    return argument


# ---- Comparing ----

def difference(case, texts, graphs=False):
    """What differs, in words; None where nothing does, REFUSED where both refuse."""
    expected, found = case.run(torch, graphs), case.run(cutaway, graphs)
    if expected[0] == "error" and "INTERNAL ASSERT FAILED" in expected[2]:
        return REFUSED  # a bug of PyTorch's: nothing to compare with
    if expected[0] != found[0]:
        return f"PyTorch {outcome(expected)}, Cutaway {outcome(found)}"
    if expected[0] == "error":
        if expected[1] != found[1] and case.schema.name in op_rules.ANY_ERROR:
            return REFUSED
        if expected[1] != found[1]:
            return f"errors: PyTorch {outcome(expected)}, Cutaway {outcome(found)}"
        if texts and expected[2] != found[2]:
            return f"texts: PyTorch {outcome(expected)}, Cutaway {outcome(found)}"
        return REFUSED
    (_, wanted, first), (_, results, first_found) = expected, found
    if len(wanted) != len(results):
        return f"{len(results)} results, expected {len(wanted)}"
    for i, (a, b) in enumerate(zip(wanted, results)):
        wrong = unlike(case, a, b, first, first_found) or graphs and unlike_graphs(a, b)
        if wrong:
            return f"result {i}: {wrong}"
    return None


def outcome(run):
    return f"raises {run[1]}: {run[2]}" if run[0] == "error" else "answers"


def unlike(case, wanted, found, first, first_found):
    if not isinstance(wanted, torch.Tensor):
        return None if wanted == found or wanted != wanted else f"{found!r}, expected {wanted!r}"
    if not isinstance(found, cutaway.Tensor):
        return f"{found!r} is no tensor"
    if DTYPES.get(wanted.dtype) != found.dtype:
        return f"dtype {found.dtype}, expected {wanted.dtype}"
    if list(wanted.shape) != list(found.shape):
        return f"shape {list(found.shape)}, expected {list(wanted.shape)}"
    if wanted.numel() and strides(wanted) != strides(found):
        return f"strides {found.stride()}, expected {wanted.stride()}"
    if first is not None and wanted.numel():
        shares = wanted.untyped_storage().data_ptr() == first.untyped_storage().data_ptr()
        if shares != (storage_of(found) == storage_of(first_found)):
            return f"it {'does not share' if shares else 'shares'} memory with the first argument"
    if wanted._is_view() != found._is_view():
        return f"it is {'a' if found._is_view() else 'no'} view"
    wanted, values = wanted.detach(), torch.from_dlpack(found.detach())
    if wanted.dtype not in TOLERANCES or case.schema.name.rstrip("_") in RANDOM:
        same = torch.equal(wanted, values) or bool(((wanted == values) | (wanted != wanted) & (values != values)).all())
    else:
        relative, absolute = TOLERANCES[wanted.dtype]
        scale = wanted[wanted.isfinite()].abs().max().item() if wanted.isfinite().any() else 1.0
        same = torch.allclose(wanted, values, rtol=relative, atol=absolute * max(scale, 1.0), equal_nan=True)
    return None if same else f"values {values.tolist()}, expected {wanted.tolist()}"


def unlike_graphs(wanted, found):
    if not isinstance(wanted, torch.Tensor):
        return None
    wanted, found = name_of_node(wanted), name_of_node(found)
    return None if wanted == found else f"grad_fn {found}, expected {wanted}"


def name_of_node(tensor):
    return tensor.grad_fn and str(tensor.grad_fn).split()[0].strip("<>")


def strides(tensor):
    """Of dimensions where they matter."""
    return [stride for size, stride in zip(tensor.shape, tensor.stride()) if size > 1]


def storage_of(tensor):
    return tensor.data_ptr() - tensor.storage_offset() * tensor.element_size()


# ---- All cases ----

REFUSED = "refused by both"


def answers(numbers, seed, schemas, texts, graphs):
    """(number, difference) of each case. They run in a child process, so that a crash is one more difference."""
    begin = 0
    while begin < len(numbers):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            with os.fdopen(writer, "wb") as pipe:
                for number in numbers[begin:]:
                    case = Case(seed, number, schemas[number % len(schemas)])
                    pickle.dump(difference(case, texts, graphs), pipe)
                    pipe.flush()
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            while True:
                try:
                    text = pickle.load(pipe)
                except EOFError:
                    break
                yield numbers[begin], text
                begin += 1
        _, status = os.waitpid(child, 0)
        if begin < len(numbers):
            yield numbers[begin], f"the process died of signal {os.WTERMSIG(status)}"
            begin += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--op", default="*", help="only rows whose full name fits this pattern")
    parser.add_argument("--texts", action="store_true", help="compare the texts of errors, too")
    parser.add_argument("--graphs", action="store_true", help="compare the names of the nodes of autograd, too")
    parser.add_argument("--replay", help="SEED:NUMBER of one case, which is shown")
    parser.add_argument("--show", type=int, default=3, help="disagreements to show for each row")
    flags = parser.parse_args()

    schemas = sorted((schema for schema, _ in read_catalogue().values() if is_compared(schema)), key=lambda s: s.full_name)
    if flags.replay:
        seed, _, number = flags.replay.partition(":")
        case = Case(int(seed), int(number), schemas[int(number) % len(schemas)])
        print(case, "\n  ", difference(case, True, flags.graphs) or "agrees", flush=True)
        return 0
    seed = random.SystemRandom().randrange(10**9) if flags.seed is None else flags.seed
    print(f"seed {seed}: {flags.cases} cases over {len(schemas)} rows", flush=True)
    chosen = [n for n, schema in enumerate(schemas) if fnmatch.fnmatch(schema.full_name, flags.op)]
    numbers = [round_ * len(schemas) + n for round_ in range(flags.cases // max(len(chosen), 1) + 1) for n in chosen]
    compared, refused, wrong = 0, 0, collections.defaultdict(list)
    for number, text in answers(numbers[: flags.cases], seed, schemas, flags.texts, flags.graphs):
        compared += 1
        refused += text == REFUSED
        if text and text != REFUSED:
            case = Case(seed, number, schemas[number % len(schemas)])
            wrong[case.schema.full_name].append((case, text))
    for name in sorted(wrong, key=lambda n: -len(wrong[n])):
        print(f"--- {name}: {len(wrong[name])} disagreements")
        for case, text in wrong[name][: flags.show]:
            print(f"{case}\n    => {text[:600]}")
    total = sum(map(len, wrong.values()))
    print(f"{compared} cases, {refused} of them refused by both, {total} disagreements in {len(wrong)} rows, seed {seed}")
    return 1 if total else 0


def is_compared(schema):
    private = schema.name.startswith("_") or schema.name.endswith(("_backward", "_backward_data"))
    return not private and not {schema.name, schema.full_name} & op_rules.SKIPPED.keys() and function_of(torch, schema.name) is not None


if __name__ == "__main__":
    sys.exit(main())
