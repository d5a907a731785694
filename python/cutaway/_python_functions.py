# SPDX-License-Identifier: MIT
"""Functions whose Python form differs from their row: PyTorch, too, writes these in Python.

Most take any number of tensors where the row takes a list (einsum, meshgrid, broadcast_tensors); where(x) and
nonzero(x, as_tuple=True) give one index tensor per dimension; unique gives as many results as were asked for;
tensordot counts dimensions. Each exists where its row does.
"""
from . import _docs
from ._functions import functions, methods as _methods, rows
from ._tensor import Tensor


def _tensors(args):
    """f(a, b) and f([a, b]) are the same."""
    return list(args[0]) if len(args) == 1 and isinstance(args[0], (tuple, list)) else list(args)


def einsum(equation, *operands):
    return _rows["einsum"](equation, _tensors(operands))


def meshgrid(*tensors, indexing=None):
    return _rows["meshgrid"](_tensors(tensors), indexing=indexing or "ij")


def broadcast_tensors(*tensors):
    return _rows["broadcast_tensors"](_tensors(tensors))


def block_diag(*tensors):
    return _rows["block_diag"](_tensors(tensors))


def cartesian_prod(*tensors):
    return _rows["cartesian_prod"](_tensors(tensors))


def nonzero(input, *, out=None, as_tuple=False):
    if not as_tuple:
        return _rows["nonzero"](input, out=out) if out is not None else _rows["nonzero"](input)
    if input.dim() == 0:
        input = input.unsqueeze(0)
    return tuple(_rows["nonzero"](input).t().contiguous()[dim] for dim in range(input.dim()))


def where(condition, *args, **keywords):
    if not args and not keywords and "nonzero" in _rows:
        return nonzero(condition, as_tuple=True)
    return _rows["where"](condition, *args, **keywords)


def _chosen(results, *wanted):
    """The first result, and those of the others that are wanted: alone, or as a tuple."""
    kept = [results[0], *(result for result, is_wanted in zip(results[1:], wanted) if is_wanted)]
    return kept[0] if len(kept) == 1 else tuple(kept)


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    if dim is None:
        results = rows["_unique2"](input, sorted, return_inverse, return_counts)
    else:
        results = rows["unique_dim"](input, dim, sorted, return_inverse, return_counts)
    return _chosen(results, return_inverse, return_counts)


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    results = _rows["unique_consecutive"](input, return_inverse, return_counts, dim)
    return _chosen(results, return_inverse, return_counts)


def tensordot(a, b, dims=2, out=None):
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        dims = list(range(-dims, 0)), list(range(dims))
    dims_a, dims_b = ([each] if isinstance(each, int) else list(each) for each in dims)
    return _rows["tensordot"](a, b, dims_a, dims_b, **({} if out is None else {"out": out}))


def chain_matmul(*matrices):
    return _rows["chain_matmul"](_tensors(matrices))


def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    if isinstance(p, str) and p != "fro":
        raise RuntimeError(f"norm: only 'fro' is known by name here, got {p!r}")
    p = 2 if p is None or p == "fro" else p
    dim = [dim] if isinstance(dim, int) else dim if dim is not None else []
    given = {name: value for name, value in (("dtype", dtype), ("out", out)) if value is not None}
    return _rows["norm"](input, p, list(dim), keepdim, **given)


def split(tensor, split_size_or_sections, dim=0):
    if dim == 0:  # a call that says less is packed sooner
        return tensor.split(split_size_or_sections)
    return tensor.split(split_size_or_sections, dim)


_rows = dict(functions)  # as they are called without this file


def _install():
    for function in (einsum, meshgrid, broadcast_tensors, block_diag, cartesian_prod, nonzero, where, split,
                     unique_consecutive, tensordot, chain_matmul, norm):
        name = function.__name__
        if name in functions:
            function.__doc__ = functions[name].__doc__
            function.__module__ = "cutaway"
            functions[name] = function
    unique.__doc__ = f"{_docs.contract_of('unique')}\n\nPyTorch counterpart: torch.unique"
    functions["unique"] = unique
    for function in (nonzero, unique, unique_consecutive, norm):
        setattr(Tensor, function.__name__, function)
    for name in ("mT", "mH"):  # attributes
        if name in _rows:
            setattr(Tensor, name, property(_rows[name]))


_install()
