# SPDX-License-Identifier: MIT
"""Rules of linear algebra: see op_rules.py. Matrices whose decompositions or solutions are compared are finite
and well conditioned, since of others rounding decides what comes out.
"""
import torch

import op_cases as cases
from op_cases import Drawn, names


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
    """Mostly the rule; else whatever comes, to see errors: but finite, and no two rows alike (finite_matrix)."""
    def drawn(draw):
        if draw.chance(0.8):
            return rule(draw)
        draw.finite, draw.expanding = True, False
        return {}
    return drawn


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


def added_vector(draw):
    """Where mat has no elements, self is not broadcast: PyTorch's result then has self's shape, and it warns that it
    had to resize its own output."""
    given = added_product("mat", "vec", shapes=["mk", "k", "m"])(draw)
    rows, columns = given["mat"].sizes
    if rows * columns == 0 and given["self"].sizes != [rows]:
        given["self"] = draw.tensor([rows], draw.dtype)
    return given


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


def cholesky_system(draw):
    a = cases.square(draw, positive=True, batch=[])
    upper = draw.chance(0.5)
    factor = torch.linalg.cholesky(a.dense.double()).to(draw.dtype)
    return {"input2": Drawn(factor.mT.contiguous() if upper else factor, []), "upper": upper,
            "self": draw.tensor([a.sizes[0], draw.integer(1, 4)], draw.dtype, dense=True)}


RULES = {
    "cholesky_solve": cholesky_system,
    "mm": names("self", "mat2")(lambda d: cases.product_operands(d, ["mk", "kn"])),
    "bmm": names("self", "mat2")(lambda d: cases.product_operands(d, ["bmk", "bkn"])),
    "mv": names("self", "vec")(lambda d: cases.product_operands(d, ["mk", "k"])),
    **dict.fromkeys(["dot", "vdot"], vectors), "inner": vectors,
    "outer": names("self", "vec2")(lambda d: cases.product_operands(d, ["m", "n"])),
    "ger": names("self", "vec2")(lambda d: cases.product_operands(d, ["m", "n"])),
    "addmm": added_product("mat1", "mat2", shapes=["mk", "kn", "mn"]),
    "addmv": added_vector,
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
}
