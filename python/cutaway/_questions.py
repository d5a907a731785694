# SPDX-License-Identifier: MIT
"""Functions that compute nothing: what a tensor is, and what several would become."""
from . import _dtype, _values
from ._library import lib, raise_error
from ._tensor import Size, Tensor


def is_tensor(obj):
    """Whether it is a Tensor."""
    return isinstance(obj, Tensor)


def _asked_of(name, input):
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
    return input


def numel(input):
    """How many elements a tensor has."""
    return _asked_of("numel", input).numel()


def is_floating_point(input):
    """Whether a tensor's elements are floating point."""
    return _asked_of("is_floating_point", input).is_floating_point()


def is_complex(input):
    """Whether they are complex numbers: there are none."""
    return _asked_of("is_complex", input).is_complex()


def is_signed(input):
    """Whether they can be negative."""
    return _asked_of("is_signed", input).is_signed()


def is_nonzero(input):
    """Whether the only element is not zero: bool(input)."""
    return bool(_asked_of("is_nonzero", input))


def result_type(tensor1, tensor2):
    """The dtype in which two tensors or numbers meet."""
    data = b"".join(map(_values.pack_tensor_or_number, (tensor1, tensor2)))
    number = lib.result_type(data, 2)
    if number < 0:
        raise_error()
    return _dtype.ALL[number]


def broadcast_shapes(*shapes):
    """The shape that tensors of these shapes are broadcast to; a number is the shape (number,)."""
    shapes = [(shape,) if isinstance(shape, int) else tuple(shape) for shape in shapes]
    result = [1] * max(map(len, shapes), default=0)
    for place, shape in enumerate(shapes):
        for dim, length in enumerate(reversed(shape), 1):
            if length < 0:
                raise ValueError("Attempting to broadcast a dimension with negative length!")
            if length != 1 and result[-dim] not in (1, length):
                raise RuntimeError(f"Attempting to broadcast a dimension of length {length} at {-dim}! Mismatching "
                                   f"argument at index {place} had {shape}; but expected shape should be "
                                   f"broadcastable to {result}")
            if length != 1:
                result[-dim] = length
    return Size(result)
