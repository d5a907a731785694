# SPDX-License-Identifier: MIT
"""Functions whose Python form differs from their row: PyTorch, too, writes these in Python.

Most take any number of tensors where the row takes a list (einsum, meshgrid, broadcast_tensors); where(x) and
nonzero(x, as_tuple=True) give one index tensor per dimension; unique and unique_consecutive give only what is
asked for. Each exists where its row does.
"""
from ._functions import functions, methods, rows
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


def _asked_for(results, return_inverse, return_counts):
    values, inverse, counts = results
    asked = (values, *([inverse] if return_inverse else []), *([counts] if return_counts else []))
    return asked if len(asked) > 1 else values


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """The distinct elements, or the distinct slices along dim; where asked, each element's place among them, and how
    often each occurs."""
    if dim is None:
        results = rows["_unique2"](input, sorted, return_inverse, return_counts)
    else:
        results = _rows["unique_dim"](input, dim, sorted, return_inverse, return_counts)
    return _asked_for(results, return_inverse, return_counts)


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    results = _rows["unique_consecutive"](input, return_inverse, return_counts, dim)
    return _asked_for(results, return_inverse, return_counts)


def split(tensor, split_size_or_sections, dim=0):
    return tensor.split(split_size_or_sections, dim)


_rows = dict(functions)  # as they are called without this file


def _install():
    for function in (einsum, meshgrid, broadcast_tensors, block_diag, cartesian_prod, nonzero, where, split,
                     unique_consecutive):
        name = function.__name__
        if name in functions:
            function.__doc__ = functions[name].__doc__
            function.__module__ = "cutaway"
            functions[name] = function
    if "_unique2" in rows:
        functions["unique"] = unique
    for function in (nonzero, unique, unique_consecutive):
        if function.__name__ in functions:
            setattr(Tensor, function.__name__, function)
    for name in ("mT", "mH"):
        if name in _rows:
            setattr(Tensor, name, property(_rows[name]))


_install()
