# SPDX-License-Identifier: MIT
"""What the arguments of each op must be like for a call to make sense, where types and names do not say it.

A rule takes a Draw and gives arguments by parameter name; op_cases.py draws the others. SKIPPED says which
rows are not compared, and why.
"""
import torch

import op_cases as cases
from op_cases import Drawn

SKIPPED = {
    "empty": "its values are whatever the memory holds", "empty_like": "as empty", "empty_strided": "as empty",
    "new_empty": "as empty", "resize_": "as empty",
    "nll_loss_forward": "private: users call nll_loss, which is compared",
}

# Their Python functions take the tensors of the row's list one by one: f(a, b).
VARIADIC = {"block_diag", "broadcast_tensors", "cartesian_prod", "chain_matmul"}

# By position PyTorch takes return_inverse for return_counts.
BY_KEYWORD = {"unique_consecutive"}

# Attributes of a tensor: x.mT.
ATTRIBUTES = {"mT", "mH"}

# torch.nn.functional has another function of the name, with other parameters or checks; the row is the private one.
PRIVATE_IN_PYTORCH = {"elu", "hardtanh", "hardtanh_"}

# An index out of range: PyTorch's type of error depends on the strides (each of its loops has its own check).
ANY_ERROR = {"index_select", "index_add", "index_add_", "index_fill", "index_fill_"}

# PyTorch does not notice that elements of an expanded tensor share memory, so what it writes is left to chance;
# Cutaway raises, as both do elsewhere.
OVERLAP_UNNOTICED = {"tril_", "triu_", "threshold_", "masked_fill_", "nan_to_num_"}

# No infinities and NaNs: PyTorch's answer depends on whether a vector instruction came to the element (gelu), or on
# the order of elements (its running mean of var_mean computes inf - inf; ours is the mean of the sum).
# cdist: whether a NaN counts in a largest difference is left to std::max.
FINITE = {"cdist", "gelu", "gelu_", "var_mean", "std_mean"}


def names(*parameters):
    """A rule that gives several arguments, from a function that returns them in this order."""
    return lambda function: lambda draw: dict(zip(parameters, function(draw)))


def floating(draw):
    draw.floating()
    return {"self": draw.tensor()}


def within(low, high):
    """Floating-point values from an interval on which the op is defined and well behaved."""
    def rule(draw):
        if draw.chance(0.8):
            draw.floating()
            return {"self": draw.tensor(None, None, low, high)}
        return {"self": draw.tensor()}
    return rule


def nonzero_divisor(draw):
    """Division of integers by zero raises; of floating point it does not."""
    self = draw.tensor()
    shape = draw.broadcastable(self.sizes)
    if draw.dtype.is_floating_point:
        return {"self": self, "other": draw.other()}
    return {"self": self, "other": draw.tensor(shape, draw.dtype, 1, 6) if draw.chance(0.97) else draw.other()}


def integer_operands(low, high):
    def rule(draw):
        draw.dtype = draw.choice(*cases.INTEGERS, torch.bool) if draw.chance(0.95) else torch.float32
        self = draw.tensor(None, None, 0 if draw.dtype == torch.uint8 else low, high)
        return {"self": self, "other": draw.tensor(draw.broadcastable(self.sizes), draw.dtype,
                                                    0 if low < 0 and draw.dtype == torch.uint8 else low, high)}
    return rule


def shift_operands(draw):
    draw.dtype = draw.choice(*cases.INTEGERS)
    self = draw.tensor()
    return {"self": self, "other": draw.tensor(draw.broadcastable(self.sizes), draw.dtype, 0, 7)}


def power_operands(draw):
    if draw.chance(0.6):
        draw.floating()
        self = draw.tensor(None, None, 0.1, 4)
        return {"self": self, "exponent": draw.tensor(draw.broadcastable(self.sizes), None, -3, 3)
                if draw.chance(0.7) else draw.other()}
    self = draw.tensor(None, None, 0, 4)
    return {"self": self, "exponent": draw.tensor(draw.broadcastable(self.sizes), draw.dtype, 0, 4)}


def sliding(draw):
    self = draw.tensor(draw.new_shape(1))
    dim = draw.dim()
    size = max(self.sizes[dim % len(self.sizes)], 1)
    return {"self": self, "dimension": dim, "size": draw.integer(1, size), "step": draw.integer(1, 3)}


def narrow(draw):
    self = draw.tensor(draw.new_shape(1))
    dim = draw.integer(-len(self.sizes), len(self.sizes) - 1)
    start = draw.integer(0, self.sizes[dim])
    return {"self": self, "dim": dim, "start": start, "length": draw.integer(0, self.sizes[dim] - start)}


def select(draw):
    self = draw.tensor(draw.new_shape(1))
    dim = draw.integer(-len(self.sizes), len(self.sizes) - 1)
    size = max(self.sizes[dim], 1)
    return {"self": self, "dim": dim, "index": draw.integer(-size, size - 1)}


def as_strided(draw):
    self = draw.tensor([24], dense=True)
    return {"self": self, "size": [draw.integer(1, 3), draw.integer(1, 3)],
            "stride": [draw.integer(0, 6), draw.integer(0, 4)], "storage_offset": draw.integer(0, 3)}


def unflatten(draw):
    parts = [draw.integer(1, 3) for _ in range(draw.integer(1, 3))]
    size = 1
    for part in parts:
        size *= part
    sizes = draw.new_shape(0, 2)
    dim = draw.integer(0, len(sizes))
    sizes.insert(dim, size)
    if draw.chance(0.3):
        parts[0] = -1
    return {"self": draw.tensor(sizes), "dim": dim, "sizes": parts}


def split_sizes(draw):
    self = draw.tensor(draw.new_shape(1))
    dim = draw.integer(-len(self.sizes), len(self.sizes) - 1)
    first = draw.integer(0, self.sizes[dim])
    return {"self": self, "dim": dim, "split_sizes": [first, self.sizes[dim] - first],
            "split_size": [first, self.sizes[dim] - first]}


def flat_or_matrix(draw):
    return {"self": draw.tensor(draw.new_shape(1, 2)), "diagonal": draw.integer(-3, 3)}


def at_least_matrix(draw):
    return {"self": draw.tensor(draw.new_shape(2))}


def top(draw):
    self = cases.distinct(draw, 1)
    dim = draw.integer(-len(self.sizes), len(self.sizes) - 1)
    size = self.sizes[dim]
    return {"self": self, "dim": dim, "k": draw.integer(min(1, size), size),
            "sorted": True}  # else their order is open


def distinct_sortable(draw):
    return {"self": cases.distinct(draw), "dim": draw.dim()}


def sortable(draw):
    self = draw.tensor()
    return {"self": self, "stable": True, "dim": draw.dim()}


def argsortable(draw):
    self = cases.distinct(draw)
    return {"self": self, "dim": draw.dim()}


def some_dims(draw):
    """At least one dimension: for none PyTorch takes maxima over all dimensions, sums over none, and stumbles."""
    self = draw.tensor(draw.new_shape(1))
    return {"self": self, "dim": [draw.dim()]}


def some_or_all_dims(draw):
    """None, or at least one: an empty list means all dimensions here, as for sum; PyTorch reduces none."""
    self = draw.tensor(draw.new_shape(1))
    return {"self": self, "dim": [draw.dim()] if draw.chance(0.8) else None}


def quantile(draw):
    draw.floating()
    self = draw.tensor()
    q = draw.tensor([draw.integer(1, 3)] if draw.chance(0.7) else [], None, 0, 1, dense=True)
    return {"self": self, "q": q, "dim": draw.dim() if draw.chance(0.7) else None,
            "interpolation": draw.choice("linear", "lower", "higher", "midpoint", "nearest")}


def counts(draw):
    draw.dtype = draw.choice(*cases.INTEGERS)
    return {"self": draw.tensor(draw.new_shape(1, 1), None, 0, 7), "weights": None}


def histogram(draw):
    draw.floating()
    return {"self": draw.tensor(None, None, -4, 4), "bins": draw.integer(1, 9), "min": -2, "max": 3}


def masked(draw, source=False):
    self = draw.tensor()
    mask = draw.tensor(draw.broadcastable(self.sizes), torch.bool)
    if source:
        return self, mask, draw.tensor([200], draw.dtype, dense=True)
    return self, mask


def gather(draw):
    self, dim, index = cases.gather_operands(draw)
    return {"self": self, "dim": dim, "index": index, "sparse_grad": False}  # there are no sparse gradients here


def scatter_value(draw):
    self, dim, index, _ = cases.distinct_gather_operands(draw)
    return {"self": self, "dim": dim, "index": index, "value": draw.number(), "reduce": "add"}


def scatter_reduce(draw):
    self, dim, index, source = cases.gather_operands(draw, source=True)
    return {"self": self, "dim": dim, "index": index, "src": source,
            "reduce": draw.choice("sum", "prod", "mean", "amax", "amin")}


def take(draw):
    self = draw.tensor()
    numel = 1
    for size in self.sizes:
        numel *= size
    return {"self": self, "index": draw.index(draw.new_shape(), numel)}


def along_dim(draw):
    """Indices in range: those beyond PyTorch reads without a look."""
    self, dim, index = cases.gather_operands(draw)
    index.dense.clamp_(0, max(self.sizes[dim] - 1, 0))
    return {"self": self, "indices": index, "dim": dim}


def repeats(draw):
    self = draw.tensor()
    return {"self": self, "repeats": [draw.integer(0, 2) for _ in range(draw.integer(0, 1) + len(self.sizes))]}


def interleave(draw):
    self = draw.tensor(draw.new_shape(1))
    dim = draw.integer(-len(self.sizes), len(self.sizes) - 1)
    return {"self": self, "dim": dim, "repeats": draw.integer(0, 3), "output_size": None}


def interleave_tensor(draw):
    rule = interleave(draw)
    rule["repeats"] = draw.tensor([rule["self"].sizes[rule["dim"]]], torch.int64, 0, 4)
    return rule


def roll(draw):
    self = draw.tensor()
    dims = [d for d in range(len(self.sizes)) if draw.chance(0.6)]
    return {"self": self, "dims": dims, "shifts": [draw.integer(-7, 7) for _ in dims] or [3]}


def rotation(draw):
    self = draw.tensor(draw.new_shape(2))
    return {"self": self, "k": draw.integer(-5, 5), "dims": draw.random.sample(range(len(self.sizes)), 2)}


def one_hot(draw):
    draw.dtype = torch.int64
    return {"self": draw.tensor(None, None, 0, 4), "num_classes": draw.choice(-1, 4, 6)}


def meshgrid(draw):
    return {"tensors": [draw.tensor([draw.integer(1, 4)], draw.dtype) for _ in range(draw.integer(1, 3))],
            "indexing": draw.choice("ij", "xy")}


def vectors(draw):
    a, b = cases.product_operands(draw, ["k", "k"])
    return {"self": a, "other": b, "tensor": b, "vec2": b}


def cross(draw):
    sizes = draw.new_shape(0, 2)
    dim = draw.integer(0, len(sizes))
    sizes.insert(dim, 3)
    self = draw.tensor(sizes)
    return {"self": self, "other": draw.tensor(sizes, draw.dtype), "dim": dim}


def distances(draw):
    draw.floating()
    m = draw.integer(1, 4)
    return {"x1": draw.tensor([draw.integer(1, 5), m]), "x2": draw.tensor([draw.integer(1, 5), m]),
            "p": draw.choice(2.0, 1.0, 3.0, float("inf")), "compute_mode": None}


def linear_system(draw):
    a = cases.square(draw)
    sizes = a.sizes[:-2] + [a.sizes[-1], draw.integer(1, 4)]
    b = draw.tensor(sizes, draw.dtype, -3, 3)
    # rcond: near 1 the rank depends on which condition number the driver estimates.
    return {"A": a, "B": b, "self": a, "b": b, "input": a, "left": True, "rcond": draw.choice(None, 1e-3, 0.0)}


def finite_matrix(draw, rows, columns):
    """Finite, since with infinities and NaN what is left of a decomposition is chance, and no two rows are
    alike, since pivots are then chosen by rounding."""
    return draw.tensor([rows, columns], None, -3, 3, dense=True)


def rectangular(draw):
    draw.floating()
    a = finite_matrix(draw, draw.integer(1, 6), draw.integer(1, 6))
    return {"A": a, "self": a}


def any_at_times(rule):
    """Mostly the rule; else whatever comes, to see errors."""
    return lambda draw: rule(draw) if draw.chance(0.8) else {}


def invertible_at_times(draw):
    a = cases.square(draw)
    singular = draw.chance(0.1)
    return {"A": Drawn(torch.zeros_like(a.dense), []) if singular else a,
            "check_errors": True if singular else draw.chance(0.5)}


def invertible_system(draw):
    a = cases.square(draw)
    return {"A": a, "B": draw.tensor([*a.sizes[:-1], draw.integer(1, 4)], draw.dtype, -3, 3), "left": True}


def definite_at_times(draw):
    """The factor of a matrix that is not positive definite is left open."""
    a = cases.square(draw, positive=True)
    if draw.chance(0.1):
        return {"self": Drawn(-a.dense, []), "check_errors": True}
    return {"self": a}


def factored(draw):
    draw.floating()
    square = draw.chance(0.5)
    rows = draw.integer(1, 5)
    a = finite_matrix(draw, rows, rows if square else draw.integer(1, 5))
    lu, pivots = torch.linalg.lu_factor(a.dense + 2 * torch.eye(*a.sizes))
    return {"LU_data": Drawn(lu.contiguous(), []), "LU_pivots": Drawn(pivots, [])}


def factored_system(draw):
    a = cases.square(draw, batch=[])
    lu, pivots = (Drawn(x.contiguous(), []) for x in torch.linalg.lu_factor(a.dense))
    left = draw.chance(0.5)
    shape = [a.sizes[0], draw.integer(1, 4)]
    b = draw.tensor(shape if left else shape[::-1], draw.dtype, -3, 3)
    return {"LU": lu, "pivots": pivots, "B": b, "left": left, "LU_data": lu, "LU_pivots": pivots,
            "self": draw.tensor(shape, draw.dtype, -3, 3)}


def pseudoinvertible(draw):
    """Well conditioned, also if only one triangle is looked at."""
    return {"self": cases.square(draw, positive=True)}


def lower_triangle(draw):
    a = cases.square(draw)
    return {"self": Drawn(a.dense.tril() if draw.chance(0.5) else a.dense.triu(), [])}


def tensordot(draw):
    draw.floating()
    self = draw.tensor(draw.new_shape(1))
    count = draw.integer(0, len(self.sizes))
    dims = draw.random.sample(range(len(self.sizes)), count)
    other = draw.tensor([self.sizes[d] for d in dims] + draw.new_shape(0, 2), draw.dtype)
    return {"self": self, "other": other, "dims_self": dims, "dims_other": list(range(count))}


def chain(draw):
    draw.floating()
    sizes = [draw.integer(1, 5) for _ in range(draw.integer(2, 5))]
    return {"matrices": [draw.tensor([m, n], draw.dtype, -3, 3) for m, n in zip(sizes, sizes[1:])],
            "tensors": [draw.tensor([m, n], draw.dtype, -3, 3) for m, n in zip(sizes, sizes[1:])]}


def added_product(first, second, shapes):
    """alpha is not 0: whether 0 times NaN counts depends on the size, in PyTorch's BLAS. self does not overlap
    itself: some of PyTorch's in-place forms write to it nevertheless, with results of chance."""
    def rule(draw):
        a, b, self = cases.product_operands(draw, shapes)
        if any(step[0] == "expand" for step in self.layout):
            self = draw.tensor(self.sizes, dense=True)
        return {first: a, second: b, "self": self, "alpha": draw.choice(1, 2, -3, 2.5, -0.5, True, 7)}
    return rule


def dense_pair(draw):
    """PyTorch's kron refuses some layouts, where it has to copy to give its arguments their sizes."""
    self = draw.tensor(dense=True)
    return {"self": self, "other": draw.tensor(draw.new_shape(), draw.dtype if draw.chance(0.6) else None, dense=True)}


def triangular(draw):
    a = cases.square(draw, batch=[])
    upper = draw.chance(0.5)
    a = Drawn(a.dense.triu() if upper else a.dense.tril(), [])
    return {"self": a, "A": a, "B": draw.tensor([a.sizes[0], draw.integer(1, 4)], draw.dtype), "upper": upper,
            "left": True}


def positive_definite(draw):
    a = cases.square(draw, positive=True)
    return {"self": a, "A": a, "input": a}


def square_matrix(draw):
    a = cases.square(draw)
    return {"self": a, "A": a, "n": draw.integer(-2, 4)}


def spaced(draw):
    dtype = draw.choice(torch.float32, torch.float64, torch.int64, None)
    return {"start": draw.choice(0, 1.5, -3, 2), "end": draw.choice(5, 10.25, -2, 7), "steps": draw.integer(0, 12),
            "base": 10.0, "dtype": dtype}


def ranges(draw):
    return {"start": draw.choice(0, 1, -3, 0.5), "end": draw.choice(5, 7, 4.25), "step": draw.choice(1, 2, 0.5, 3),
            "dtype": draw.choice(None, torch.float64, torch.int64)}


def rectangle_indices(draw):
    return {"row": draw.integer(0, 6), "col": draw.integer(0, 6), "n": draw.integer(0, 6), "m": draw.integer(0, 6),
            "offset": draw.integer(-4, 4)}


def dropout(draw):
    draw.floating()
    return {"input": draw.tensor(), "self": draw.tensor(), "p": draw.choice(0.0, 0.3, 0.5, 1.0)}


def probabilities(draw):
    draw.floating()
    self = draw.tensor(None, None, 0, 1)
    return {"self": self, "p": draw.choice(0.0, 0.3, 0.5, 1.0)}


def weights(draw):
    draw.floating()
    self = draw.tensor(draw.new_shape(1, 2), None, 0.1, 1)
    return {"self": self, "num_samples": draw.integer(1, 3), "replacement": draw.chance(0.5)}


def bounds(draw):
    draw.dtype = draw.choice(*cases.FLOATS[:2], torch.int64, torch.int32)
    return {"self": draw.tensor(), "from": 0, "to": draw.integer(1, 1000), "low": -3, "high": draw.integer(1, 100),
            "size": draw.new_shape()}


def polygamma(draw):
    """To the right of the poles: at them, and between them, series cancel and nothing is left but rounding."""
    if draw.chance(0.8):
        draw.floating()
        return {"n": draw.integer(0, 4), "self": draw.tensor(None, None, 0.3, 6)}
    draw.dtype = draw.choice(*cases.INTEGERS)
    return {"n": draw.integer(0, 4), "self": draw.tensor(None, None, 1, 7)}


def members(draw):
    """Dense (PyTorch views the second tensor as flat, whatever its strides), and not said to be unique when it is not."""
    given = {"assume_unique": False, "elements": draw.tensor()}
    given["test_elements"] = draw.tensor(None, draw.dtype if draw.chance(0.8) else draw.choice(*cases.ALL), dense=True)
    return given


def searchable(draw):
    sorted_sequence, values, _ = cases.sorted_operands(draw)
    return {"sorted_sequence": sorted_sequence, "self": values, "sorter": None, "side": None}


def boundaries(draw):
    edges = draw.tensor([draw.integer(1, 6)], dense=True)
    return {"boundaries": Drawn(edges.dense.sort()[0], []), "self": draw.tensor(None, draw.dtype)}


def condition(draw):
    self = draw.tensor()
    return {"condition": draw.tensor(draw.broadcastable(self.sizes), torch.bool), "self": self, "other": draw.other()}


def nll(draw):
    draw.floating()
    n, c = draw.integer(1, 5), draw.integer(1, 5)
    return {"self": draw.tensor([n, c]), "target": draw.tensor([n], torch.int64, 0, c), "weight": None,
            "reduction": draw.integer(0, 2), "ignore_index": -100}


def permuted_dims(draw):
    self = draw.tensor()
    rank = len(self.sizes)
    count = draw.integer(0, rank)
    return {"self": self, "source": draw.random.sample(range(rank), count),
            "destination": draw.random.sample(range(rank), count)}


def two_dims(draw):
    self = draw.tensor(draw.new_shape(2))
    dim1, dim2 = draw.random.sample(range(len(self.sizes)), 2)
    return {"self": self, "dim1": dim1, "dim2": dim2, "dim0": dim1, "axis0": dim1, "axis1": dim2,
            "offset": draw.integer(-3, 3)}


def norms(draw):
    draw.floating()
    return {"self": draw.tensor(), "p": draw.choice(2, 1, 0, 3, float("inf"), -float("inf"), 0.5),
            "ord": draw.choice(2, 1, 0, 3, float("inf"))}


def weighted(draw):
    draw.floating()
    self = draw.tensor()
    return {"self": self, "end": draw.tensor(draw.broadcastable(self.sizes), draw.dtype),
            "weight": draw.choice(0.3, 2.0, draw.tensor(draw.broadcastable(self.sizes), draw.dtype))}


def three_floating(draw):
    draw.floating()
    self = draw.tensor()
    return {"self": self, "tensor1": draw.tensor(draw.broadcastable(self.sizes), draw.dtype),
            "tensor2": draw.tensor(draw.broadcastable(self.sizes), draw.dtype, 0.5, 3), "value": draw.choice(1, 2.5)}


def close(draw):
    self = draw.tensor()
    other = Drawn(self.dense.clone(), self.layout) if draw.chance(0.5) else draw.tensor(
        draw.broadcastable(self.sizes), draw.dtype)
    return {"self": self, "other": other, "rtol": draw.choice(1e-5, 0.1), "atol": draw.choice(1e-8, 0.5)}


def index_put(draw):
    """One index tensor, distinct places: which of two writes to one place wins is left open."""
    self, _, index, _ = cases.index_operands(draw, distinct=True)
    count = index.sizes[0]
    values = draw.tensor(draw.broadcastable([count, *self.sizes[1:]]), draw.dtype)
    index = Drawn(torch.randperm(self.sizes[0], generator=draw.torch)[:count], []) if count <= self.sizes[0] else index
    return {"self": self, "indices": [index], "values": values if index.sizes[0] == count else draw.tensor([]),
            "accumulate": draw.chance(0.5)}


def put(draw):
    self = draw.tensor(dense=True)
    numel = 1
    for size in self.sizes:
        numel *= size
    places = torch.randperm(numel, generator=draw.torch)[: draw.integer(0, min(numel, 6))]
    return {"self": self, "index": Drawn(places, []), "source": draw.tensor([len(places)], draw.dtype)}


def index_reduce(draw):
    """Without bool, for which PyTorch answers or not by the layout."""
    draw.dtype = torch.float64 if draw.dtype == torch.bool else draw.dtype
    self, dim, index, source = cases.index_operands(draw)
    return {"self": self, "dim": dim, "index": index, "source": source,
            "reduce": draw.choice("prod", "mean", "amax", "amin")}


def cholesky_system(draw):
    a = cases.square(draw, positive=True, batch=[])
    upper = draw.chance(0.5)
    factor = torch.linalg.cholesky(a.dense.double()).to(draw.dtype)
    return {"input2": Drawn(factor.mT.contiguous() if upper else factor, []), "upper": upper,
            "self": draw.tensor([a.sizes[0], draw.integer(1, 4)], draw.dtype, dense=True)}


RULES = {
    **dict.fromkeys(["index_put"], index_put), "put": put, "index_reduce": index_reduce,
    "cholesky_solve": cholesky_system, "poisson": within(0.1, 20),
    **dict.fromkeys(["dsplit", "vsplit", "hsplit"], lambda d: {
        "self": d.tensor([4, 2, 6, 2][: d.integer(3, 4)]), "sections": 2}),
    **dict.fromkeys(["log", "log2", "log10", "sqrt", "rsqrt", "lgamma", "digamma"], within(0.05, 9)),
    **dict.fromkeys(["log1p", "acosh"], within(1.0, 9)),
    **dict.fromkeys(["asin", "acos", "atanh", "erfinv", "arcsin", "arccos", "arctanh"], within(-0.98, 0.98)),
    **dict.fromkeys(["tan", "sinh", "cosh", "exp", "exp2", "expm1"], within(-1.5, 5)),
    "logit": within(0.05, 0.95), "polygamma": polygamma, "mvlgamma": within(3, 9), "i0": within(-4, 4),
    **dict.fromkeys(["div", "floor_divide", "remainder", "fmod", "divide", "true_divide"], nonzero_divisor),
    **dict.fromkeys(["bitwise_and", "bitwise_or", "bitwise_xor"], integer_operands(-6, 7)),
    **dict.fromkeys(["gcd", "lcm"], integer_operands(-12, 13)),
    **dict.fromkeys(["bitwise_left_shift", "bitwise_right_shift"], shift_operands),
    "pow": power_operands, "float_power": power_operands,
    "lerp": weighted, "addcmul": three_floating, "addcdiv": three_floating, "isclose": close, "allclose": close,
    "where": condition,
    # views
    "view": names("self", "size")(cases.reshape_operands), "reshape": names("self", "shape")(cases.reshape_operands),
    "expand": names("self", "size")(cases.expand_operands), "broadcast_to": names("self", "size")(cases.expand_operands),
    "permute": names("self", "dims")(cases.permutation), "unfold": sliding, "narrow": narrow, "narrow_copy": narrow,
    "select": select, "as_strided": as_strided, "unflatten": unflatten,
    **dict.fromkeys(["split_with_sizes"], split_sizes),
    **dict.fromkeys(["transpose", "diagonal", "swapaxes", "swapdims"], two_dims),
    **dict.fromkeys(["movedim", "moveaxis"], permuted_dims),
    **dict.fromkeys(["tril", "triu", "mT", "adjoint"], at_least_matrix), "diag": flat_or_matrix,
    **dict.fromkeys(["tril_indices", "triu_indices"], rectangle_indices), "eye": rectangle_indices,
    # indexing
    "gather": gather, "isin": members,
    "scatter": names("self", "dim", "index", "src")(cases.distinct_gather_operands),
    "scatter.value": scatter_value, "scatter_.value": scatter_value,
    "scatter_add": names("self", "dim", "index", "src")(lambda d: cases.gather_operands(d, source=True)),
    "scatter_reduce": scatter_reduce,
    "index_select": names("self", "dim", "index")(lambda d: cases.index_operands(d, source=False)),
    "index_add": names("self", "dim", "index", "source")(cases.index_operands),
    "index_copy": names("self", "dim", "index", "source")(lambda d: cases.index_operands(d, distinct=True)),
    "index_fill": names("self", "dim", "index")(lambda d: cases.index_operands(d, source=False)),
    "masked_fill": names("self", "mask")(masked), "masked_select": names("self", "mask")(masked),
    "masked_scatter": names("self", "mask", "source")(lambda d: masked(d, source=True)),
    "take": take, "take_along_dim": along_dim, "repeat": repeats, "tile": lambda d: {
        ("dims" if k == "repeats" else k): v for k, v in repeats(d).items()},
    "repeat_interleave": interleave_tensor, "repeat_interleave.self_int": interleave,
    "roll": roll, "rot90": rotation, "one_hot": one_hot, "meshgrid": meshgrid,
    "pad": names("self", "pad", "mode", "value")(cases.pad_operands),
    **dict.fromkeys(["cat", "concat", "concatenate"], names("tensors", "dim")(cases.compatible)),
    "stack": names("tensors", "dim")(lambda d: cases.compatible(d, False)),
    **dict.fromkeys(["hstack", "vstack", "dstack", "column_stack", "row_stack"],
                    names("tensors")(lambda d: [cases.compatible(d, False)[0]])),
    # reductions and friends
    "topk": top, "kthvalue": top, "sort": distinct_sortable, "sort.stable": sortable, "logsumexp": some_dims,
    "all.dims": some_or_all_dims, "any.dims": some_or_all_dims, "argsort": argsortable, "msort": lambda d: {"self": cases.distinct(d)},
    "quantile": quantile, "nanquantile": quantile, "bincount": counts, "histc": histogram, "norm": norms,
    "linalg_vector_norm": norms, "searchsorted": searchable, "bucketize": boundaries,
    **dict.fromkeys(["median", "nanmedian", "mode"], lambda d: {"self": cases.distinct(d)}),
    "nll_loss_forward": nll,
    # linear algebra
    "mm": names("self", "mat2")(lambda d: cases.product_operands(d, ["mk", "kn"])),
    "bmm": names("self", "mat2")(lambda d: cases.product_operands(d, ["bmk", "bkn"])),
    "mv": names("self", "vec")(lambda d: cases.product_operands(d, ["mk", "k"])),
    **dict.fromkeys(["dot", "vdot"], vectors), "inner": vectors,
    "outer": names("self", "vec2")(lambda d: cases.product_operands(d, ["m", "n"])),
    "ger": names("self", "vec2")(lambda d: cases.product_operands(d, ["m", "n"])),
    "addmm": names("mat1", "mat2", "self")(lambda d: cases.product_operands(d, ["mk", "kn", "mn"])),
    "addmv": added_product("mat", "vec", shapes=["mk", "k", "m"]),
    "addr": names("vec1", "vec2", "self")(lambda d: cases.product_operands(d, ["m", "n", "mn"])),
    "baddbmm": added_product("batch1", "batch2", shapes=["bmk", "bkn", "bmn"]),
    "addbmm": added_product("batch1", "batch2", shapes=["bmk", "bkn", "mn"]),
    "matmul": names("self", "other")(cases.matmul_operands), "einsum": names("equation", "tensors")(cases.einsum_operands),
    "trace": lambda d: {"self": d.tensor(d.new_shape(2, 2))}, "cross": cross, "linalg_cross": cross, "cdist": distances,
    **dict.fromkeys(["inverse", "det", "slogdet", "logdet", "linalg_inv", "linalg_det", "linalg_slogdet", "matrix_power",
                     "linalg_matrix_power", "pinverse"], square_matrix),
    **dict.fromkeys(["cholesky", "linalg_cholesky"], positive_definite),
    **dict.fromkeys(["linalg_solve", "linalg_lstsq"], linear_system),
    "linalg_solve_triangular": triangular,
    "linalg_svdvals": rectangular, "linalg_eigvalsh": positive_definite, "linalg_qr": rectangular, "qr": rectangular,
    "linalg_matrix_rank": rectangular, "linalg_pinv": pseudoinvertible,
    **dict.fromkeys(["linalg_lu", "linalg_lu_factor", "linalg_lu_factor_ex"],
                    any_at_times(rectangular)),
    "linalg_inv_ex": any_at_times(invertible_at_times), "linalg_solve_ex": any_at_times(invertible_system),
    "linalg_cholesky_ex": definite_at_times, "cholesky_inverse": any_at_times(lower_triangle),
    "lu_unpack": factored, "linalg_lu_solve": any_at_times(factored_system), "lu_solve": any_at_times(factored_system),
    "tensordot": tensordot, "chain_matmul": chain, "linalg_multi_dot": any_at_times(chain), "kron": dense_pair,
    # creation and random numbers
    **dict.fromkeys(["linspace", "logspace"], spaced), "arange": ranges,
    **dict.fromkeys(["dropout"], dropout), "bernoulli": probabilities, "multinomial": weights,
    **dict.fromkeys(["random", "randint", "randint_like"], bounds),
    **dict.fromkeys(["uniform", "normal", "exponential", "log_normal", "cauchy"], floating),
}

SKIPPED.update({
    "index.Tensor": "Python has no function of that name; x[...] is compared in tests/tensor/indexing_test.cpp",
    "linalg_svd": "vectors are unique up to sign only; its own test has the invariants",
    "svd": "as linalg_svd", "linalg_eigh": "as linalg_svd",
})


def rule_of(full_name):
    base, _, overload = full_name.partition(".")
    plain = base[:-1] if base.endswith("_") and not base.endswith("__") else base
    for name in (full_name, f"{plain}.{overload}", plain):
        if name in RULES:
            return RULES[name]
    return lambda draw: {}
