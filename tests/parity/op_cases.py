# SPDX-License-Identifier: MIT
"""Draws random calls of ops: shapes, layouts, dtypes, values, arguments, valid or slightly wrong.

A case is a row of the catalogue and one argument per parameter, in a form from which either library's
arguments can be built (`Drawn.build`). Most parameters are drawn by their type and name alone; where an op
wants more (square matrices, indices in range), a rule below says so. Nothing here knows which results are
right.
"""
import random

import torch

FLOATS = [torch.float32, torch.float64, torch.float16, torch.bfloat16]
INTEGERS = [torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]
ALL = FLOATS + INTEGERS + [torch.bool]


class Drawn:
    """A tensor of a case: dense values, and the view of them that the op shall see."""

    def __init__(self, dense, layout):
        self.dense, self.layout = dense, layout

    @property
    def sizes(self):
        return list(self.view(self.dense).shape)

    def view(self, dense):
        """Works on tensors of either library."""
        for method, *arguments in self.layout:
            dense = getattr(dense, method)(*arguments)
        return dense

    def build(self, library):
        return self.view(library(self.dense.clone()))

    def __repr__(self):
        steps = "".join(f".{method}({', '.join(map(str, arguments))})" for method, *arguments in self.layout)
        return f"torch.tensor({self.dense.tolist()}, dtype={self.dense.dtype}){steps}"


class Draw:
    """The source of one case."""

    def __init__(self, key):
        self.random = random.Random(key)
        self.torch = torch.Generator().manual_seed(self.random.getrandbits(40))
        self.dtype = self.random.choices(ALL, [8, 6, 2, 2, 4, 2, 1, 1, 2, 2])[0]
        self.shape = None  # of the first tensor
        self.finite = False  # no infinities and NaNs
        self.expanding = True  # tensors may be expanded

    def chance(self, p):
        return self.random.random() < p

    def integer(self, low, high):
        return self.random.randint(low, high)

    def choice(self, *options):
        return self.random.choice(options)

    # ---- Tensors ----

    def new_shape(self, min_rank=0, max_rank=4):
        rank = min(max(min_rank, self.random.choices(range(5), [2, 5, 6, 4, 2])[0]), max_rank)
        largest = 40 if rank == 1 and self.chance(0.15) else 5
        sizes = [self.integer(1, largest) for _ in range(rank)]
        if rank and self.chance(0.06):
            sizes[self.integer(0, rank - 1)] = 0
        return sizes

    def broadcastable(self, shape):
        """A shape that broadcasts against `shape`, mostly."""
        if self.chance(0.03):
            return self.new_shape()
        sizes = [1 if self.chance(0.25) else size for size in shape]
        return sizes[self.integer(0, len(sizes)):] if self.chance(0.25) else sizes

    def values(self, shape, dtype, low=None, high=None):
        if dtype == torch.bool:
            return torch.rand(shape, generator=self.torch) < 0.5
        if not dtype.is_floating_point:
            low, high = (0, 9) if low is None and dtype == torch.uint8 else (low, high)
            low, high = (-5, 6) if low is None else (low, high)
            return torch.randint(low, high, shape, generator=self.torch).to(dtype)
        if low is not None:
            return (torch.rand(shape, generator=self.torch, dtype=torch.float64) * (high - low) + low).to(dtype)
        drawn = torch.randn(shape, generator=self.torch, dtype=torch.float64) * self.choice(1, 1, 1, 3, 0.1)
        if self.chance(0.1):
            drawn = drawn.round()
        if self.chance(0.08) and drawn.numel() and not self.finite:
            special = torch.tensor([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1.0])
            picked = torch.randint(0, 6, shape, generator=self.torch)
            drawn = torch.where(torch.rand(shape, generator=self.torch) < 0.3, special[picked].double(), drawn)
        return drawn.to(dtype)

    def tensor(self, shape=None, dtype=None, low=None, high=None, dense=False):
        shape = self.new_shape() if shape is None else list(shape)
        dtype = self.dtype if dtype is None else dtype
        if self.shape is None:
            self.shape = shape
        kind = "dense" if dense or self.chance(0.55) else self.choice("transposed", "strided", "offset", "expanded")
        if kind == "transposed" and len(shape) > 1:
            order = list(range(len(shape)))
            self.random.shuffle(order)
            back = [order.index(d) for d in range(len(shape))]
            return Drawn(self.values([shape[d] for d in order], dtype, low, high), [("permute", back)])
        if kind == "strided" and shape:
            d = self.integer(0, len(shape) - 1)
            sizes = shape[:d] + [shape[d] * 2, *shape[d + 1:]]
            unfolded = shape[:d] + [shape[d], 2, *shape[d + 1:]]
            return Drawn(self.values(sizes, dtype, low, high), [("reshape", unfolded), ("select", d + 1, 1)])
        if kind == "offset" and shape:
            sizes = [shape[0] + 1, *shape[1:]]
            return Drawn(self.values(sizes, dtype, low, high), [("narrow", 0, 1, shape[0])])
        if kind == "expanded" and shape and self.chance(0.4) and self.expanding:
            d = self.integer(0, len(shape) - 1)
            sizes = [1 if i == d else size for i, size in enumerate(shape)]
            return Drawn(self.values(sizes, dtype, low, high), [("expand", shape)])
        return Drawn(self.values(shape, dtype, low, high), [])

    def floating(self):
        """Makes the case one of floating point (mostly double, where agreement can be seen best)."""
        self.dtype = self.random.choices(FLOATS[:2], [1, 1])[0]

    def other(self):
        """A second operand: broadcasts against the first, often of the same dtype."""
        dtype = self.dtype if self.chance(0.6) else self.choice(*ALL)
        return self.tensor(self.broadcastable(self.shape), dtype)

    def index(self, shape, size, dtype=torch.int64):
        low = 0 if size and self.chance(0.97) else -1
        return self.tensor(shape, dtype, low, max(size, low + 1) + (1 if self.chance(0.02) else 0))

    # ---- Everything else ----

    def dim(self, rank=None):
        rank = len(self.shape) if rank is None else rank
        return self.integer(-rank - 1, rank) if self.chance(0.04) else self.integer(-max(rank, 1), max(rank, 1) - 1)

    def dims(self):
        rank = len(self.shape)
        if self.chance(0.05):
            return [self.dim() for _ in range(2)]
        chosen = self.random.sample(range(rank), self.integer(0, rank)) if rank else []
        return [d - rank if self.chance(0.3) else d for d in chosen]

    def number(self):
        return self.choice(2, -3, 0, 1, 2.5, -0.5, 1.0, True, 7)

    def argument(self, parameter):
        """By type and name."""
        kind, name = parameter.kind, parameter.name
        if parameter.optional and not parameter.is_required and self.chance(0.5):
            return parameter.default
        if not parameter.is_required and self.chance(0.4):
            return parameter.default
        if kind == "Tensor":
            return self.tensor() if self.shape is None else self.other()
        if kind == "Tensor[]":
            first = self.tensor()
            return [first] + [self.tensor(first.sizes) for _ in range(self.integer(0, 2))]
        if kind == "Scalar":
            return self.number()
        if kind == "bool":
            return self.chance(0.5)
        if kind == "float":
            return self.choice(0.5, 1.0, 2.0, 0.0, 1e-3)
        if kind == "int":
            return self.dim() if name.startswith("dim") or name in ("axis",) else self.integer(0, 3)
        if kind == "int[]":
            if name.startswith("dim") or name in ("dims", "axis"):
                dims = self.dims()
                return dims[0] if parameter.length == 1 and len(dims) == 1 and self.chance(0.5) else dims
            return self.new_shape()
        if kind == "ScalarType":
            return self.choice(*ALL) if self.chance(0.5) else parameter.default if not parameter.is_required else self.dtype
        if kind == "float[]":
            return [0.5]
        if kind == "Generator":
            return None
        if kind == "str":
            return parameter.default
        return None


# ---- Ops that want more ----

def names(*parameters):
    """A rule that gives several arguments, from a function that returns them in this order."""
    return lambda function: lambda draw: dict(zip(parameters, function(draw)))


def matrix(draw, rows, columns, batch=(), dtype=None):
    return draw.tensor([*batch, rows, columns], dtype)


def square(draw, positive=False, batch=None):
    """A well-conditioned square matrix (symmetric positive definite where asked)."""
    draw.floating()
    n = draw.integer(1, 6)
    batch = (draw.new_shape(0, 2) if draw.chance(0.3) else []) if batch is None else batch
    values = torch.randn([*batch, n, n], generator=draw.torch, dtype=torch.float64)
    values = values @ values.mT + n * torch.eye(n) if positive else values + 3 * n**0.5 * torch.eye(n)
    draw.shape = list(values.shape)
    return Drawn(values.to(draw.dtype), [])


def compatible(draw, dim_may_differ=True):
    first = draw.tensor(draw.new_shape(1))
    dim = draw.integer(-len(first.sizes), len(first.sizes) - 1)
    parts = [first]
    for _ in range(draw.integer(0, 2)):
        sizes = first.sizes
        if dim_may_differ:
            sizes[dim] = draw.integer(0, 4)
        parts.append(draw.tensor(sizes, draw.dtype if draw.chance(0.8) else draw.choice(*ALL)))
    return parts, dim


def product_operands(draw, shapes):
    if draw.chance(0.7):
        draw.floating()
    sizes = {letter: draw.integer(0 if draw.chance(0.05) else 1, 6) for letter in "bmkn"}
    broken = draw.chance(0.03)
    operands = []
    for shape in shapes:
        drawn = [sizes[letter] for letter in shape]
        if broken and drawn:
            drawn[-1] += 1
        operands.append(draw.tensor(drawn, draw.dtype))
    draw.shape = operands[0].sizes
    return operands


def matmul_operands(draw):
    if draw.chance(0.7):
        draw.floating()
    k = draw.integer(1, 5)
    batch = draw.new_shape(0, 2)
    a = [k] if draw.chance(0.2) else [*draw.broadcastable(batch), draw.integer(1, 5), k]
    b = [k] if draw.chance(0.2) else [*draw.broadcastable(batch), k, draw.integer(1, 5)]
    return [draw.tensor(a), draw.tensor(b)]


def gather_operands(draw, source=False):
    self = draw.tensor(draw.new_shape(1))
    sizes = self.sizes
    dim = draw.integer(-len(sizes), len(sizes) - 1)
    index_shape = [draw.integer(0 if draw.chance(0.1) else 1, max(size, 1)) if i != dim % len(sizes) else draw.integer(1, 5)
                   for i, size in enumerate(sizes)]
    index = draw.index(index_shape, sizes[dim])
    if not source:
        return self, dim, index
    return self, dim, index, draw.tensor(index_shape, draw.dtype)


def distinct_gather_operands(draw):
    """As gather's, but no place is named twice: scatter leaves open which of two writes wins."""
    self = draw.tensor(draw.new_shape(1), dense=True)
    sizes = self.sizes
    dim = draw.integer(0, len(sizes) - 1)
    order = torch.argsort(torch.rand(sizes, generator=draw.torch), dim)
    count = draw.integer(0, sizes[dim])
    index = order.narrow(dim, 0, count)
    return self, dim, Drawn(index.contiguous(), []), draw.tensor(list(index.shape), draw.dtype)


def index_operands(draw, distinct=False, source=True):
    self = draw.tensor(draw.new_shape(1), dense=True)
    sizes = self.sizes
    dim = draw.integer(-len(sizes), len(sizes) - 1)
    count = draw.integer(0, sizes[dim]) if distinct else draw.integer(0, 5)
    if 0 in sizes:
        count = 0  # PyTorch does not look at the indices then, or stumbles
    if distinct:
        index = Drawn(torch.randperm(sizes[dim], generator=draw.torch)[:count], [])
    else:
        index = draw.index([count], sizes[dim])
    if not source:
        return self, dim, index
    source_sizes = sizes
    source_sizes[dim] = count
    return self, dim, index, draw.tensor(source_sizes, draw.dtype)


def einsum_operands(draw):
    letters = {letter: draw.integer(1, 4) for letter in "abcd"}
    draw.floating()
    terms = ["".join(draw.choice(*"abcd") for _ in range(draw.integer(0 if i else 1, 3)))
             for i in range(draw.integer(1, 3))]
    dots = draw.chance(0.2)
    equation = ",".join(("..." if dots else "") + term for term in terms)
    if draw.chance(0.6):
        used = sorted(set("".join(terms)))
        draw.random.shuffle(used)
        equation += "->" + ("..." if dots else "") + "".join(used[:draw.integer(0, len(used))])
    operands = [draw.tensor(([2] if dots else []) + [letters[letter] for letter in term]) for term in terms]
    return equation, operands


def reshape_operands(draw):
    self = draw.tensor()
    numel = 1
    for size in self.sizes:
        numel *= size
    sizes, rest = [], numel
    for _ in range(draw.integer(0, 3)):
        divisors = [d for d in range(1, rest + 1) if rest % d == 0] or [1]
        sizes.append(draw.choice(*divisors))
        rest = rest // sizes[-1] if rest else 0
    sizes.append(rest)
    if draw.chance(0.3):
        sizes[draw.integer(0, len(sizes) - 1)] = -1
    if draw.chance(0.03):
        sizes[0] += 1
    return self, sizes


def expand_operands(draw):
    self = draw.tensor()
    sizes = [draw.integer(1, 4) if size == 1 else draw.choice(size, -1) for size in self.sizes]
    return self, [draw.integer(1, 3) for _ in range(draw.integer(0, 2))] + sizes


def permutation(draw):
    self = draw.tensor()
    order = list(range(len(self.sizes)))
    draw.random.shuffle(order)
    return self, order


def pad_operands(draw):
    if draw.chance(0.5):
        draw.floating()
    mode = draw.choice("constant", "constant", "reflect", "replicate", "circular")
    if mode == "constant":
        self = draw.tensor()
        pads = [draw.integer(-1, 3) for _ in range(2 * draw.integer(0, len(self.sizes)))]
        return self, pads, mode, draw.choice(None, 1.5, 0)
    rank = draw.integer(2, 4)
    self = draw.tensor([draw.integer(2, 5) for _ in range(rank)])
    return self, [draw.integer(0, 1 if mode != "replicate" else 3) for _ in range(2 * draw.integer(1, rank - 1))], mode, None


def sorted_operands(draw):
    self = draw.tensor(draw.new_shape(1), dense=True)
    dense, _ = torch.sort(self.dense, dim=-1)
    last = dense.shape[-1]
    shape = draw.new_shape() if dense.dim() == 1 else [*dense.shape[:-1], draw.integer(1, 4)]
    return Drawn(dense, []), draw.tensor(shape, draw.dtype), last


def distinct(draw, min_rank=0):
    """No two elements are equal: sort and friends leave the order of equal ones open."""
    shape = draw.new_shape(min_rank)
    numel = int(torch.tensor(shape).prod()) if shape else 1
    tells_apart = {torch.bool: 0, torch.uint8: 256, torch.int8: 128, torch.bfloat16: 256, torch.float16: 2048}
    dtype = draw.dtype if numel <= tells_apart.get(draw.dtype, numel) else torch.int64
    draw.dtype = dtype
    values = torch.randperm(numel, generator=draw.torch).reshape(shape)
    draw.shape = shape
    return Drawn(values.to(dtype), [])
