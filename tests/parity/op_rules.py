# SPDX-License-Identifier: MIT
"""What the arguments of each op must be like for a call to make sense, where types and names do not say it.

A rule takes a Draw and gives arguments by parameter name; op_cases.py draws the others. SKIPPED says which
rows are not compared, and why.
"""
import torch

import op_cases as cases
import op_rules_linalg
from op_cases import Drawn, names

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

# An index out of range is an IndexError here. PyTorch raises a RuntimeError where a faster loop serves the call:
# index_select along dimension 1, index_add along the first or last dimension for alpha = 1.
ANY_ERROR = {"index_select", "index_add", "index_add_"}

# PyTorch does not notice that elements of an expanded tensor share memory, so what it writes is left to chance;
# Cutaway raises, as both do elsewhere.
OVERLAP_UNNOTICED = {"tril_", "triu_", "threshold_", "nan_to_num_"}

# No infinities and NaNs: PyTorch's answer depends on whether a vector instruction came to the element (gelu), or on
# the order of elements (its running mean of var_mean computes inf - inf; ours is the mean of the sum).
# cdist: whether a NaN counts in a largest difference is left to std::max. unique_dim: it sorts with <, of which
# NaN makes no order.
FINITE = {"cdist", "gelu", "gelu_", "var_mean", "std_mean", "unique_dim"}


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


def odds(draw):
    """An eps beyond 1/2 swaps the limits, and the loop decides which one wins; halves round 1 - eps to 1."""
    given = within(0.05, 0.95)(draw)
    return {**given, "eps": draw.choice(None, 0.0, 1e-3, 0.25) if draw.dtype in cases.FLOATS[:2] else None}


def covariance(draw):
    """Of a single observation with weights, PyTorch forgets what the weights did to the dtype."""
    self = draw.tensor(draw.new_shape(0, 2) if draw.chance(0.9) else None)
    count = self.sizes[-1] if self.sizes else 1
    weights = {"fweights": draw.tensor([count], torch.int64, 0, 4) if draw.chance(0.3) else None,
               "aweights": draw.tensor([count], torch.float64, 0.1, 3) if draw.chance(0.3) else None}
    return {"self": self, **(weights if count != 1 else dict.fromkeys(weights))}


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


def product(draw):
    """Of many numbers, none is 0: where their product overflows on its way, inf * 0 depends on the order."""
    self = draw.tensor()
    if self.dense.numel() > 12:
        self.dense[self.dense == 0] = 1
    return {"self": self}


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


RULES = {
    **op_rules_linalg.RULES,
    **dict.fromkeys(["index_put"], index_put), "put": put, "index_reduce": index_reduce,
    "poisson": within(0.1, 20),
    **dict.fromkeys(["dsplit", "vsplit", "hsplit"], lambda d: {
        "self": d.tensor([4, 2, 6, 2][: d.integer(3, 4)]), "sections": 2}),
    **dict.fromkeys(["log", "log2", "log10", "sqrt", "rsqrt", "lgamma", "digamma"], within(0.05, 9)),
    **dict.fromkeys(["log1p", "acosh"], within(1.0, 9)),
    **dict.fromkeys(["asin", "acos", "atanh", "erfinv", "arcsin", "arccos", "arctanh"], within(-0.98, 0.98)),
    **dict.fromkeys(["tan", "sinh", "cosh", "exp", "exp2", "expm1"], within(-1.5, 5)),
    "logit": odds, "cov": covariance, "polygamma": polygamma, "mvlgamma": within(3, 9), "i0": within(-4, 4),
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
    "prod": product,
    "topk": top, "kthvalue": top, "sort": distinct_sortable, "sort.stable": sortable, "logsumexp": some_dims,
    "argsort": argsortable, "msort": lambda d: {"self": cases.distinct(d)},
    "quantile": quantile, "nanquantile": quantile, "bincount": counts, "histc": histogram, "norm": norms,
    "linalg_vector_norm": norms, "searchsorted": searchable, "bucketize": boundaries,
    **dict.fromkeys(["median", "nanmedian", "mode"], lambda d: {"self": cases.distinct(d)}),
    "nll_loss_forward": nll,
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
