# SPDX-License-Identifier: MIT
"""Functions whose Python form differs from their row: PyTorch, too, writes these in Python.

Most take any number of tensors where the row takes a list (einsum, meshgrid, broadcast_tensors); where(x) and
nonzero(x, as_tuple=True) give one index tensor per dimension. Each exists where its row does.
"""
from ._functions import functions, methods
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


def split(tensor, split_size_or_sections, dim=0):
    return tensor.split(split_size_or_sections, dim)


_rows = dict(functions)  # as they are called without this file


def _install():
    for function in (einsum, meshgrid, broadcast_tensors, block_diag, cartesian_prod, nonzero, where, split):
        name = function.__name__
        if name in functions:
            function.__doc__ = functions[name].__doc__
            function.__module__ = "cutaway"
            functions[name] = function
    if "nonzero" in methods:
        Tensor.nonzero = nonzero


_install()
