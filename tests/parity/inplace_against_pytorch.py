#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Small programs that write in place, by Cutaway and by PyTorch: same gradients, same histories, same errors?

    make python
    python3 tests/parity/inplace_against_pytorch.py [--part N] [--show N]

Two families, both complete products:

views   a base (leaf, computed, constant, ...), a view of it (select, unbind, a view of a view, detach, ...) made
        with or without recording, a write (mul_, copy_, x[0] = w, ...) to the view, the base or another view, with
        or without recording, and a backward from one of the three. Compared: requires_grad, is_leaf, version and
        grad_fn of view and base, their values, all gradients, and the text of the error.
saved   an op, then a write to an argument or to the result, then backward: whatever is saved must be guarded, and
        nothing else.

--part N runs every N-th program of the first family (default 7; 1 is all of them). What differs on purpose is in KNOWN, with the
reason. Exit status 1 where anything else differs; without PyTorch it says "skipped" and exits 0.
"""
import argparse
import collections
import itertools
import pathlib
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


# ---- What is observed ----

def values(tensor):
    return None if tensor is None else [f"{float(v):.6f}" for v in tensor.detach().flatten().tolist()]


def node_name(tensor):
    try:
        node = tensor.grad_fn
    except RuntimeError as error:
        return f"refused: {error}"
    if node is None:
        return None
    name = node.name() if callable(node.name) else node.name
    return SAME_NAME.get(name, name)


# In-place clamp and masked_fill are copies of the result here.
SAME_NAME = {
    "torch::autograd::CopyBackwards": "a write", "ClampBackward1": "a write",
    "MaskedFillBackward0": "a write", "MaskedFillBackward1": "a write",
    # A reshape that has to copy.
    "UnsafeViewBackward0": "ViewBackward0",
    # x[:, 0:2] of two columns is x again.
    "AliasBackward0": "SliceBackward0",
}


# ---- Views ----

def make_base(T, kind):
    """The tensor whose gradient is looked at, and the base."""
    x = T.arange(1., 7., dtype=T.float64).reshape(2, 3).clone()
    if kind == "plain":
        return None, x
    x.requires_grad_()
    return x, {"leaf": lambda: x, "computed": lambda: x * 1, "detached": lambda: (x * 1).detach(),
               "view": lambda: (x * 1)[:, :2], "expanded": lambda: (x * 1).sum(0).expand(2, 3)}[kind]()


BASES = ["plain", "leaf", "computed", "detached", "view", "expanded"]
VIEWS = {
    "itself": lambda b: b, "select": lambda b: b[0], "slice": lambda b: b[:, 0:2], "t": lambda b: b.t(),
    "expand": lambda b: b.expand(2, *b.shape), "expand of select": lambda b: b[0].expand(4, b.shape[1]),
    "unbind": lambda b: b.unbind(0)[0], "split": lambda b: b.split(1)[1], "chunk": lambda b: b.chunk(2)[0],
    "diagonal": lambda b: b.diagonal(), "unsqueeze": lambda b: b.unsqueeze(0), "squeeze": lambda b: b.squeeze(),
    "slice of select": lambda b: b[0][1:], "select of unbind": lambda b: b.unbind(0)[1][0],
    "unbind of select": lambda b: b[0].unbind(0)[1], "detach": lambda b: b.detach(),
    "detach of select": lambda b: b[0].detach(), "select of detach": lambda b: b.detach()[0],
    "clone": lambda b: b.clone(), "as_strided": lambda b: b.as_strided((2,), (1,)),
    "narrow": lambda b: b.narrow(1, 0, 1), "permute": lambda b: b.permute(1, 0), "unfold": lambda b: b.unfold(1, 2, 1),
    "reshape": lambda b: b.reshape(-1), "flatten": lambda b: b.flatten(), "view_as": lambda b: b.view_as(b),
    "movedim": lambda b: b.movedim(0, 1),
}


def set_item(tensor, key, value):
    tensor[key] = value


WRITES = {
    "mul_ number": lambda T, t, w: t.mul_(2), "mul_": lambda T, t, w: t.mul_(w), "add_": lambda T, t, w: t.add_(w),
    "copy_": lambda T, t, w: t.copy_(w.expand(t.shape)), "fill_": lambda T, t, w: t.fill_(3),
    "zero_": lambda T, t, w: t.zero_(), "exp_": lambda T, t, w: t.exp_(), "[0] =": lambda T, t, w: set_item(t, 0, w),
    "[0:1] =": lambda T, t, w: set_item(t, slice(0, 1), 2.), "clamp_": lambda T, t, w: t.clamp_(min=2.),
    "relu_": lambda T, t, w: t.relu_(), "masked_fill_": lambda T, t, w: t.masked_fill_(t > 2, 1.),
}
MODES = ["recorded", "no_grad"]
TENSORS = ["view", "base", "other view"]


def in_mode(T, mode, call):
    if mode == "recorded":
        return call()
    with T.no_grad():
        return call()


def run_view(T, base_kind, view, view_mode, write, written, write_mode, root):
    seen = []
    try:
        x, base = make_base(T, base_kind)
        w = T.tensor(2.5, dtype=T.float64).requires_grad_()
        v = in_mode(T, view_mode, lambda: VIEWS[view](base))
        tensors = {"view": v, "base": base, "other view": base[0]}
        seen.append((node_name(v), v.requires_grad, v.is_leaf))
        in_mode(T, write_mode, lambda: WRITES[write](T, tensors[written], w))
        seen += [(t.requires_grad, t.is_leaf, t._version, values(t)) for t in (v, base)]
        seen.append(node_name(base))
        result = tensors[root]
        seen.append(node_name(result))
        (result * result).sum().backward()
        seen.append((x if x is None else values(x.grad), values(w.grad)))
        seen.append(node_name(v))
    except Exception as error:
        seen.append((type(error).__name__, str(error)))
    return seen


# ---- What is saved ----

OPS = {name: (lambda name: lambda T, x, w: getattr(x, name)())(name) for name in
       "exp log sqrt rsqrt sin cos tan tanh sigmoid abs neg reciprocal square relu sum mean prod std var norm min "
       "erf log1p expm1 sinh cosh asin atan floor sign t clone nan_to_num".split()}
OPS |= {name: (lambda name: lambda T, x, w: getattr(x, name)(0))(name)
        for name in "cumsum cumprod softmax log_softmax logsumexp amax flip unsqueeze".split()}
OPS |= {name: (lambda name: lambda T, x, w: getattr(x, name)(0)[0])(name) for name in "max sort cummax".split()}
OPS |= {
    "x * w": lambda T, x, w: x * w, "x * x": lambda T, x, w: x * x, "x * 2": lambda T, x, w: x * 2,
    "x * constant": lambda T, x, w: x * w.detach(), "constant * w": lambda T, x, w: x.detach() * w,
    "x / w": lambda T, x, w: x / w, "x / 2": lambda T, x, w: x / 2, "x + w": lambda T, x, w: x + w,
    "x - w": lambda T, x, w: x - w, "x ** 2": lambda T, x, w: x ** 2, "x ** w": lambda T, x, w: x ** w,
    "mm": lambda T, x, w: T.mm(x.unsqueeze(0), w.unsqueeze(1)), "dot": lambda T, x, w: T.dot(x, w),
    "mv": lambda T, x, w: T.mv(x.unsqueeze(0), w), "where": lambda T, x, w: T.where(x > 2, x, w),
    "clamp": lambda T, x, w: x.clamp(1.5, 2.5), "lerp": lambda T, x, w: T.lerp(x, w, 0.3),
    "addcmul": lambda T, x, w: T.addcmul(x, w, w), "maximum": lambda T, x, w: T.maximum(x, w),
    "atan2": lambda T, x, w: T.atan2(x, w), "hypot": lambda T, x, w: T.hypot(x, w), "select": lambda T, x, w: x[1],
    "slice": lambda T, x, w: x[1:], "index": lambda T, x, w: x[T.tensor([0, 2])],
    "gather": lambda T, x, w: x.gather(0, T.tensor([0, 2])), "masked_fill": lambda T, x, w: x.masked_fill(x > 2, 0.),
    "cat": lambda T, x, w: T.cat([x, w]), "stack": lambda T, x, w: T.stack([x, w]),
    "expand": lambda T, x, w: x.expand(2, 3), "roll": lambda T, x, w: x.roll(1), "topk": lambda T, x, w: x.topk(2)[0],
    "logaddexp": lambda T, x, w: T.logaddexp(x, w), "xlogy": lambda T, x, w: T.xlogy(x, w),
}
LATER_WRITES = {
    "add_": lambda T, t: t.add_(1), "zero_": lambda T, t: t.zero_(), "exp_": lambda T, t: t.exp_(),
    "through a view": lambda T, t: t.unsqueeze(0).mul_(2), "through detach": lambda T, t: t.detach().add_(1),
    "unrecorded": lambda T, t: in_mode(T, "no_grad", lambda: t.add_(1)),
    "one element": lambda T, t: set_item(t, 0, 5.) if t.dim() else t.fill_(5.),
}


def run_saved(T, op, written, write, kind):
    try:
        x = T.tensor([1., 2., 3.], dtype=T.float64).requires_grad_()
        w = T.tensor([2.5, 1.5, .5], dtype=T.float64).requires_grad_()
        a, b = {"leaf": (x, w), "computed": (x * 1, w * 1), "view": (x.unsqueeze(0)[0], w.unsqueeze(0)[0])}[kind]
        y = OPS[op](T, a, b)
        z = y + 0
        LATER_WRITES[write](T, {"x": a, "w": b, "result": y}[written])
        (z * z.detach()).sum().backward()
        return [values(x.grad), values(w.grad)]
    except Exception as error:
        return [type(error).__name__, str(error)]


# ---- What differs on purpose ----

def known(program, theirs, ours):
    """Why this difference is no mistake, or None."""
    for pattern, reason in KNOWN.items():
        if pattern(program, str(theirs), str(ours)):
            return reason
    return None


KNOWN = {
    lambda program, theirs, ours: theirs.replace("AsStrided", "Unsqueeze") == ours:
        "the view that was saved has gone, and is named as it was made",
}


# ---- All of it ----

def differences(run, programs, show):
    count, reasons, found = 0, collections.Counter(), []
    for program in programs:
        count += 1
        theirs, ours = run(torch, *program), run(cutaway, *program)
        if theirs == ours:
            continue
        first = next(pair for pair in itertools.zip_longest(theirs, ours) if pair[0] != pair[1])
        reason = known(program, *first)
        if reason:
            reasons[reason] += 1
        else:
            found.append((program, *first))
    print(f"{count} programs, {len(found)} differ, {sum(reasons.values())} differ on purpose")
    for reason, number in reasons.items():
        print(f"  {number}: {reason}")
    groups = collections.Counter((str(theirs)[:300], str(ours)[:300]) for _, theirs, ours in found)
    for (theirs, ours), number in groups.most_common(show):
        program = next(p for p, t, o in found if (str(t)[:300], str(o)[:300]) == (theirs, ours))
        print(f"{number} like {program}\n  PyTorch {theirs}\n  Cutaway {ours}")
    return len(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--part", type=int, default=7, help="every N-th program of the views")
    parser.add_argument("--show", type=int, default=20, help="how many kinds of difference to show")
    flags = parser.parse_args()
    warnings.filterwarnings("ignore")
    views = itertools.product(BASES, VIEWS, MODES, WRITES, TENSORS, MODES, TENSORS)
    # 7 has no factor in common with the sizes of the product, so every choice comes up.
    failed = differences(run_view, itertools.islice(views, 0, None, flags.part), flags.show)
    failed += differences(run_saved, itertools.product(OPS, ["x", "w", "result"], LATER_WRITES,
                                                       ["leaf", "computed", "view"]), flags.show)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
