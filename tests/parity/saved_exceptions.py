# SPDX-License-Identifier: MIT
"""The rows whose nodes save something else than PyTorch's, and why: for saved_against_pytorch.py and
tests/fixtures/saved_fixtures.py. A name stands for all overloads of the row."""

SEVERAL_NODES = "several nodes here, one there: what stands between them is saved, and arguments as reshaped views"
OTHER_PARTS = "made of other ops than there"
KEPT_COPY = ("in place by way of its functional form, whose own result is kept: a later write to self does no harm, and "
             "is not refused")
NO_FACTORS = "the kernel keeps no factors of the matrix, which backward there reads"
DROPPED = "nodes of intermediate results, which are gone before the call returns: its result has no gradient"
ZERO_GRADIENT = "PyTorch records a gradient that is zero, or an error; nothing is recorded here"
NOT_IN_PYTORCH = "PyTorch has no gradient of this in place"
CONVERTED_INDEX = ("of a mask the places that it names are saved, of indices that broadcast or are int32 what they became: a "
                   "later write to the argument does no harm, and is not refused")

EXCEPTIONS = {
    **dict.fromkeys(["addbmm", "addbmm_", "cholesky_inverse", "cholesky_solve", "cross", "dist", "index_copy",
                     "index_copy_", "index_fill", "index_fill_", "index_reduce", "index_reduce_", "ldexp", "ldexp_",
                     "linalg_cross", "linalg_lu", "linalg_lu_solve", "log_sigmoid", "lu_solve", "mvlgamma", "pad",
                     "put", "put_", "scatter_reduce", "take"], SEVERAL_NODES),
    **dict.fromkeys(["block_diag", "cdist", "combinations", "corrcoef", "cov", "nanquantile", "quantile",
                     "triangular_solve", "vander", "vdot"], OTHER_PARTS),
    **dict.fromkeys(["celu_", "copysign_", "cumprod_", "elu_", "float_power_", "hypot_", "leaky_relu_", "pow_", "selu_"],
                    KEPT_COPY),
    **dict.fromkeys(["det", "linalg_det", "linalg_slogdet", "linalg_solve", "linalg_solve_ex", "logdet", "slogdet"],
                    NO_FACTORS),
    **dict.fromkeys(["isclose", "isfinite", "linalg_matrix_rank"], DROPPED),
    **dict.fromkeys(["bernoulli", "linalg_lstsq", "lu_unpack", "sgn", "sgn_", "unique_consecutive", "unique_dim"],
                    ZERO_GRADIENT),
    **dict.fromkeys(["index", "index_put", "index_put_"], CONVERTED_INDEX),
    **dict.fromkeys(["acosh_", "arccosh_", "arcsinh_", "arctanh_", "asinh_", "atanh_"], NOT_IN_PYTORCH),
}

# Rows of which the last node has another name there, and so other attributes.
OTHER_NODES = {"celu", "cholesky", "diag", "einsum", "flatten", "masked_fill", "masked_fill_", "mean", "nanmean",
               "narrow_copy", "polygamma_", "reshape", "reshape_as", "rot90", "scatter", "scatter_", "sort", "sum",
               "threshold_", "trace", "xlogy"}

# Samples of the op table that differ, though their rows do not.
SAMPLES = {
    "as_strided_backward": "a private row, which PyTorch reaches only through the gradient of as_strided",
    "gather f64[2,3,2]s -2 i32[2,4,1]0:3": CONVERTED_INDEX,
    "gather f64[] 0 i64(0,0)": "self is saved as seen with one dimension",
    "scatter.src f64[3,4]t 0 i32[1,4]0:3 f64[1,4]s": CONVERTED_INDEX,
    "scatter_.src f64[3,4]t 0 i32[1,4]0:3 f64[1,4]s": CONVERTED_INDEX,
    "scatter_add f64[3,4]t 0 i32[2,4]0:3 f64[2,4]s": CONVERTED_INDEX,
    "scatter_add_ f64[3,4]t 0 i32[2,4]0:3 f64[2,4]s": CONVERTED_INDEX,
    "take_along_dim f64[3,4] i64(11,0)": OTHER_PARTS,
}
