#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random graphs, by Cutaway and by PyTorch: same gradients, same graph, same hooks, same errors?

    make python
    python3 tests/parity/random_graphs.py [--graphs 5000] [--seed N]
    python3 tests/parity/random_graphs.py --replay SEED:NUMBER

A graph is a program of up to 45 lines (graph_draw.py) that both libraries run: ops whose results are used
again, views, writes in place, hooks, several backward passes, gradients of gradients. Compared are

    after every line: the error, if any, by type and first line; dtype, shape, version, requires_grad, is_leaf
        and output_nr of every tensor that the line names, and at the end of all tensors (versions are counted from
        when a tensor is first seen: a new result may have version 1 or 0, as its kernel wrote it);
    at the end: all values, all gradients and which are None; what hooks saw, in order; and which leaves can be
        reached from the last tensors along next_functions.
    with --names, also the name of every grad_fn. It differs where an op is one node there and several here, or
        the other way round, so names in texts of errors are compared only then.

Numbers agree within TOLERANCES, relative to the largest element. A program that disagrees is cut down, line by
line, to what still disagrees, and printed so that it can be pasted. About 4,000 graphs a minute on a core that is free.
Exit status 1 where anything differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import functools
import pathlib
import random
import re
import sys
import warnings

try:
    import torch
    import torch.utils.checkpoint
except ImportError:
    print("skipped: PyTorch is not installed")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "python"))
import cutaway  # noqa: E402

import graph_environment  # noqa: E402
from graph_draw import Draw  # noqa: E402

warnings.simplefilter("ignore")
torch.set_num_threads(1)
cutaway.set_num_threads(1)
TOLERANCES = {"float64": 1e-9, "float32": 2e-3}
NAMES = re.compile(r"\bt\d+\b")
NODE_NAME = re.compile(r"\b(torch::autograd::)?[A-Z]\w*(Backward\d*|Backwards|Slices)\b|"
                       r"(?<=output )\d+ of [\w:]+|Output \d+ of \w+")
VERSIONS = re.compile(r"is at version (\d+); expected version (\d+)")
UNSAVABLE = "RuntimeError: Inference tensors cannot be saved for backward."
MISMATCH = "RuntimeError: The size of tensor a ("

FEATURES = [name for name, present in {
    "hooks": hasattr(cutaway.Tensor, "register_hook"), "inputs": hasattr(cutaway.Tensor, "register_hook"),
    "functions": hasattr(cutaway.autograd, "Function"), "saved": hasattr(cutaway.autograd, "graph"),
    "inference": hasattr(cutaway, "inference_mode"), "checkpoint": hasattr(cutaway, "utils")}.items() if present]


@functools.lru_cache(4096)
def compiled(line):
    return compile(line, line, "exec")


class Run:
    """One library that runs a program, and what can be seen of it."""

    with_names = False

    def __init__(self, library):
        self.library = library
        self.tensors, self.log, self.first_versions = {}, [], {}
        self.names = graph_environment.names(library, self.log)

    def step(self, line):
        """Runs a line; what it left behind, in words."""
        try:
            exec(compiled(line), self.names)
            outcome = "done"
        except Exception as error:
            outcome = self.told(error)
        seen = [outcome]
        for name in dict.fromkeys(NAMES.findall(line)):
            if isinstance(self.names.get(name), self.library.Tensor):
                self.tensors[name] = self.names[name]
                seen.append(f"{name}: {self.description(name)}")
        return seen

    def told(self, error):
        text = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        text = VERSIONS.sub(lambda found: f"is {int(found[1]) - int(found[2])} versions later", text)
        return text if self.with_names else NODE_NAME.sub("NODE", text)

    def description(self, name):
        tensor = self.tensors[name]
        try:
            node = tensor.grad_fn
            origin = type(node).__name__ if self.with_names else "computed" if node is not None else ""
        except RuntimeError as error:
            return self.told(error)
        try:
            version = tensor._version - self.first_versions.setdefault(name, tensor._version)
        except RuntimeError as error:
            version = str(error)
        return (f"{str(tensor.dtype)} {list(tensor.shape)} {origin} {'requires grad' if tensor.requires_grad else ''} "
                f"{'leaf' if tensor.is_leaf else ''} version {version} output {tensor.output_nr}")

    def aliased_gradients(self):
        """Names of gradients in one memory: PyTorch's stack gives its inputs such where it got an expanded number,
        and the next backward then adds what one leaf gets to the other as well."""
        places = {}
        for name, gradient in self.numbers().items():
            if name.endswith(".grad") and gradient is not None and gradient.numel():
                places.setdefault(gradient.data_ptr(), {})[name] = id(self.tensors[name[:-len(".grad")]])
        return {name for names in places.values() if len(set(names.values())) > 1 for name in names}

    def descriptions(self):
        return [f"{name}: {self.description(name)}" for name in self.tensors]

    def reached(self):
        """The leaves behind each of the last tensors."""
        leaves = {id(tensor): name for name, tensor in self.tensors.items()}
        found = []
        for name in list(self.tensors)[-3:]:
            try:
                waiting = [self.tensors[name].grad_fn]
            except RuntimeError:
                continue
            kept, names = {}, set()  # kept: so that no two nodes get one id
            while waiting:
                node = waiting.pop()
                if node is None or id(node) in kept:
                    continue
                kept[id(node)] = node
                waiting += [each for each, _ in node.next_functions]
                if hasattr(node, "variable"):
                    names.add(leaves.get(id(node.variable), "?"))
            found.append(f"{name}: {sorted(names)}")
        return found

    def numbers(self):
        """name -> tensor without history: values, and gradients."""
        found = {}
        for name, tensor in self.tensors.items():
            with self.library.no_grad():
                found[name] = tensor.clone()
            try:
                found[name + ".grad"] = None if tensor.grad is None else tensor.grad.detach()
            except RuntimeError:
                pass  # a view whose history cannot be told
        for place, (label, tensor) in enumerate(self.log):
            found[f"log {place}: {label}"] = tensor
        return found


def differing_numbers(expected, found):
    kinds = {str(tensor.dtype) for tensor in expected.values() if tensor is not None}
    tolerance = max([TOLERANCES[kind.split(".")[1]] for kind in kinds], default=0)
    if list(expected) != list(found):
        logs = [[name for name in each if name.startswith("log")] for each in (expected, found)]
        return f"hooks ran in another order: PyTorch {logs[0]}, Cutaway {logs[1]}"
    for name, wanted in expected.items():
        given = found[name]
        if (wanted is None) != (given is None):
            return f"{name}: PyTorch {wanted}, Cutaway {given}"
        if wanted is None:
            continue
        if list(wanted.shape) != list(given.shape) or str(wanted.dtype) != str(given.dtype):
            return (f"{name}: PyTorch has {wanted.dtype} {list(wanted.shape)}, Cutaway {given.dtype} "
                    f"{list(given.shape)}")
        if wanted.numel() == 0:
            continue
        values = torch.from_dlpack(given)
        finite = wanted[wanted.isfinite()]
        scale = max(finite.abs().max().item(), 1.0) if finite.numel() else 1.0
        if not torch.allclose(wanted, values, rtol=tolerance, atol=tolerance * scale, equal_nan=True):
            return f"{name}: PyTorch {wanted.tolist()}, Cutaway {values.tolist()}"
    return None


def is_same(expected, found):
    """Equal, but for a liberty: where a line is refused for two reasons, either may be told, if they are that shapes do not
    fit (which PyTorch asks after it has saved what backward will need) and that a tensor made in inference mode cannot
    be saved."""
    if UNSAVABLE in expected[0] and MISMATCH in found[0]:
        return expected[1:] == found[1:]
    return expected == found


def difference(lines):
    """What differs, in words; None where nothing does."""
    theirs, ours = Run(torch), Run(cutaway)
    expected = ["done"]
    for line in lines:
        expected, found = theirs.step(line), ours.step(line)
        if not is_same(expected, found):
            return f"{line}\n    PyTorch: {expected}\n    Cutaway: {found}"
        if ends([line], [expected]):
            break
    return end_difference(theirs, ours, ends(lines, [expected]))


def end_difference(theirs, ours, has_failed):
    for expected, found in zip(theirs.descriptions(), ours.descriptions()):
        if expected != found:
            return f"at the end\n    PyTorch: {expected}\n    Cutaway: {found}"
    if has_failed:
        return None
    expected, found, aliased = theirs.numbers(), ours.numbers(), theirs.aliased_gradients()
    for name in aliased:
        expected.pop(name), found.pop(name)
    wrong = differing_numbers(expected, found)
    if wrong:
        return f"at the end {wrong}"
    if theirs.reached() != ours.reached():
        return f"leaves reached: PyTorch {theirs.reached()}, Cutaway {ours.reached()}"
    return None


def kind_of(text):
    """Two differences of one kind have one cause, as far as can be told."""
    text = re.sub(r"\b[th]\d+\b", "t", text)
    text = re.sub(r"\[[^\]]*\]|-?\d+(\.\d+)?(e-?\d+)?", "N", text)
    return text[:160]


def shortened(lines, budget=300):
    """The lines without which nothing differs any more."""
    before = None
    while before != lines and budget > 0:
        before = lines
        for place in range(len(lines) - 1, -1, -1):
            budget -= 1
            fewer = lines[:place] + lines[place + 1:]
            if "NameError" not in str(difference(fewer)) and difference(fewer):
                lines = fewer
    return lines


def draw(seed, number):
    """The lines of a program, and the run by PyTorch that drew them."""
    run = Run(torch)
    draws = Draw(f"{seed}:{number}", run.tensors, FEATURES)
    size = draws.random.randint(4, 36)
    lines, seen = [], []

    def take(line):
        nonlocal size
        if line and not ends(lines, seen) and size:
            told = run.step(line)
            if "INTERNAL ASSERT FAILED" in told[0]:  # a bug, which PyTorch asks to be told of: the program ends before it
                size = 0
                return
            lines.append(line)
            seen.append(told)
            for name in [name for name, tensor in run.tensors.items() if unusable(tensor)]:
                draws.tensors.pop(name)  # too large, or of no use any more: not drawn again

    for _ in range(draws.random.randint(1, 4)):
        take(draws.leaf())
    while len(lines) < size and not ends(lines, seen):
        take(draws.line())
    for _ in range(draws.random.randint(1, 3)):
        take(draws.backward())
    return lines, seen, run


def ends(lines, seen):
    """Whether backward has failed. Which gradients it had brought by then depends on the order of its nodes."""
    return bool(lines) and seen[-1][0] != "done" and ("backward(" in lines[-1] or "autograd.grad(" in lines[-1])


def unusable(tensor):
    try:
        return (tensor.numel() > 60 or not bool(tensor.isfinite().all()) or tensor.dim() > 5)
    except RuntimeError:
        return True  # a view whose history cannot be told


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--graphs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--replay", help="SEED:NUMBER of one graph, which is shown")
    parser.add_argument("--show", type=int, default=12, help="kinds of disagreement to show")
    parser.add_argument("--names", action="store_true", help="compare the names of nodes, too")
    flags = parser.parse_args()
    Run.with_names = flags.names
    if flags.replay:
        lines, _, _ = draw(*map(int, flags.replay.split(":")))
        print("\n".join(lines), "\n ", difference(lines) or "agrees")
        return 0
    seed = random.SystemRandom().randrange(10**9) if flags.seed is None else flags.seed
    print(f"seed {seed}: {flags.graphs} graphs", flush=True)
    wrong, total, line_count, refused = {}, 0, 0, 0
    for number in range(flags.graphs):
        lines, seen, theirs = draw(seed, number)
        line_count += len(lines)
        refused += sum(each[0] != "done" for each in seen)
        text = replay(lines, seen, theirs)
        if text:
            total += 1
            wrong.setdefault(kind_of(text), []).append((number, lines))
    for kind in sorted(wrong, key=lambda kind: -len(wrong[kind]))[:flags.show]:
        number, lines = min(wrong[kind], key=lambda each: len(each[1]))
        lines = shortened(lines)
        print(f"--- {len(wrong[kind])} graphs, as {seed}:{number}\n" + "\n".join(lines), "\n  =>", difference(lines))
    print(f"{flags.graphs} graphs, {line_count} lines, {refused} of them refused, {total} disagreements of "
          f"{len(wrong)} kinds, seed {seed}")
    return 1 if total else 0


def replay(lines, seen, theirs):
    """What Cutaway does otherwise than PyTorch. The run by PyTorch that drew the lines says whether anything may differ.
    It looked at tensors between the lines, and a view of what was written gets its history when somebody looks: so
    what differs is told by runs of the lines alone."""
    return difference(lines) if first_difference(lines, seen, theirs) else None


def first_difference(lines, seen, theirs):
    ours = Run(cutaway)
    for line, expected in zip(lines, seen):
        found = ours.step(line)
        if not is_same(expected, found):
            return f"{line}\n    PyTorch: {expected}\n    Cutaway: {found}"
    for run in (theirs, ours):  # what was not drawn any more is compared all the same
        run.tensors = {name: value for name, value in run.names.items() if NAMES.fullmatch(name)
                       and isinstance(value, run.library.Tensor)}
    return end_difference(theirs, ours, ends(lines, seen))


if __name__ == "__main__":
    sys.exit(main())
