# SPDX-License-Identifier: MIT
"""cutaway.autograd.functional: derivatives of functions, by autograd/jacobian.h.

    jacobian(f, x), hessian(f, x)         for x a tensor: a tensor; for a tuple: a tuple of tuples
    vjp, jvp, hvp, vhp(f, x, v)           (f(x), the product)

PyTorch counterpart: torch.autograd.functional. Left out: vectorize, forward mode.
"""
import ctypes

from .._library import check, lib
from .._tensor import Tensor, wrap
from ._callback import callback
from ._node import handles

_VJP, _JVP, _VHP, _HVP, _JACOBIAN, _HESSIAN = range(6)
_ROOM = 1024  # for tensors that come back


def _tuple_of(given, what, name):
    """(the tensors as a tuple, whether there was only one)."""
    single = not isinstance(given, tuple)
    tensors = (given,) if single else given
    for place, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            text = (f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the ")
            if single:
                raise TypeError(text + f"given {what} has type {type(each)}.")
            raise TypeError(text + f"value at index {place} has type {type(each)}.")
    return tensors, single


def _derivative(kind, name, func, inputs, v, create_graph, strict):
    """(outputs, derivatives, whether there was one input, whether there was one output)."""
    inputs, one_input = _tuple_of(inputs, "inputs", name)
    v = () if v is None else _tuple_of(v, "v", name)[0]
    ones = []

    def run(tensors):
        results, one_output = _tuple_of(func(*tensors), "outputs of the user-provided function", name)
        ones.append(one_output)
        return results
    room, output_count = (ctypes.c_void_p * _ROOM)(), ctypes.c_int64()
    count = check(lib.derivative(kind, callback(run), handles(inputs), len(inputs), handles(v), len(v), create_graph,
                                 strict, room, _ROOM, ctypes.byref(output_count)))
    results = tuple(wrap(handle) if handle else None for handle in room[:count])
    return results[:output_count.value], results[output_count.value:], one_input, ones[0]


def _alone(tensors, is_alone):
    return tensors[0] if is_alone else tensors


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), v^T J)."""
    outputs, products, one_input, one_output = _derivative(_VJP, "vjp", func, inputs, v, create_graph, strict)
    return _alone(outputs, one_output), _alone(products, one_input)


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), J v)."""
    outputs, products, _, one_output = _derivative(_JVP, "jvp", func, inputs, v, create_graph, strict)
    return _alone(outputs, one_output), _alone(products, one_output)


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), v^T H) for a function with one value."""
    outputs, products, one_input, one_output = _derivative(_VHP, "vhp", func, inputs, v, create_graph, strict)
    return _alone(outputs, one_output), _alone(products, one_input)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), H v) for a function with one value."""
    outputs, products, one_input, one_output = _derivative(_HVP, "hvp", func, inputs, v, create_graph, strict)
    return _alone(outputs, one_output), _alone(products, one_input)


def _table(kind, name, func, inputs, create_graph, strict):
    """Rows by output (for a Hessian, by input), columns by input."""
    _, tensors, one_input, one_output = _derivative(kind, name, func, inputs, None, create_graph, strict)
    columns = 1 if one_input else len(inputs)
    rows = tuple(tensors[i:i + columns] for i in range(0, len(tensors), columns))
    one_row = one_output if kind == _JACOBIAN else one_input
    return _alone(tuple(_alone(row, one_input) for row in rows), one_row)


def jacobian(func, inputs, create_graph=False, strict=False):
    """The derivatives of each output by each input, of shape output.shape + input.shape."""
    return _table(_JACOBIAN, "jacobian", func, inputs, create_graph, strict)


def hessian(func, inputs, create_graph=False, strict=False):
    """The second derivatives by each two inputs of a function with one value."""
    return _table(_HESSIAN, "hessian", func, inputs, create_graph, strict)
