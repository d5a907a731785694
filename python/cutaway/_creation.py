# SPDX-License-Identifier: MIT
"""Tensors from Python's data: tensor(...), as_tensor(...)."""
import array
import ctypes

from . import _dtype
from ._exchange import array_of, from_numpy, numpy_dtype_of
from ._library import lib
from ._tensor import Tensor, device as check_device, wrap

_bool, _int64, _float64 = _dtype.bool_, _dtype.int64, _dtype.float64


def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    """A new tensor with a copy of `data`: a number, nested lists, a NumPy array or a tensor.

    dtype: that of the data; of Python numbers bool, int64 or the default dtype, whichever holds them all.
    """
    check_device(device or "cpu")
    if dtype is not None and not isinstance(dtype, _dtype.dtype):
        raise TypeError(f"tensor(): argument 'dtype' must be torch.dtype, not {type(dtype).__name__}")
    if isinstance(data, Tensor):
        made = data.detach().clone().to(dtype or data.dtype)
    else:
        array_like = array_of(data)
        made = from_numpy(array_like).clone() if array_like is not None else _from_lists(data, dtype)
        made = made.to(dtype or made.dtype)
    if requires_grad:
        if not made.dtype.is_floating_point:
            raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
        made.requires_grad_()
    return made


def as_tensor(data, dtype=None, device=None):
    """`data` as a tensor, without a copy where it is one already or a NumPy array."""
    check_device(device or "cpu")
    if not isinstance(data, Tensor):
        array_like = array_of(data)
        data = tensor(data, dtype=dtype) if array_like is None else from_numpy(array_like)
    return data.to(dtype) if dtype is not None else data


# ---- From nested lists ----

def _is_sequence(value):
    if isinstance(value, (list, tuple, range)):
        return True
    return (hasattr(value, "__len__") and hasattr(value, "__getitem__")
            and not isinstance(value, (str, bytes, dict, set)) and not (hasattr(value, "ndim") and value.ndim == 0))


def _shape_of(data):
    """The sizes, as the first item at each depth suggests them."""
    shape = []
    while _is_sequence(data):
        shape.append(len(data))
        if len(data) == 0 or len(shape) > 16:
            break
        data = data[0]
    return shape


def _gather(data, shape, depth, flat):
    """Appends the numbers of `data` to `flat`, row by row."""
    if depth == len(shape):
        flat.append(data)
        return
    if not _is_sequence(data):
        raise TypeError(f"expected a sequence at dim {depth}, got {type(data).__name__}")
    if len(data) != shape[depth]:
        raise ValueError(f"expected sequence of length {shape[depth]} at dim {depth} (got {len(data)})")
    if depth == len(shape) - 1 and isinstance(data, (list, tuple)):
        flat.extend(data)
        return
    for item in data:
        _gather(item, shape, depth + 1, flat)


def _dtype_of_number(value):
    if isinstance(value, Tensor):
        return value.dtype
    known = numpy_dtype_of(value)
    if known is not None:
        return known
    if isinstance(value, bool):
        return _bool
    if isinstance(value, int):
        return _int64
    if isinstance(value, float):
        return _dtype.get_default_dtype()
    if isinstance(value, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(value).__name__}'")
    if _is_sequence(value):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    raise RuntimeError(f"Could not infer dtype of {type(value).__name__}")


def _dtype_of(flat):
    """The dtype that holds all the numbers."""
    kinds = {}
    for value in flat:
        if type(value) not in kinds or isinstance(value, Tensor):
            kinds[type(value)] = _dtype_of_number(value)
    found = None
    for kind in kinds.values():
        found = kind if found is None else _dtype.promote_types(found, kind)
    return found or _dtype.get_default_dtype()


def _check_range(flat, dtype):
    limits = _dtype.iinfo(dtype)
    wraps = not dtype.is_signed  # as in C: -1 is 255 of uint8
    for value in flat:
        is_real = isinstance(value, float)
        lowest = -limits.max if wraps and not is_real else limits.min
        if not lowest <= value <= limits.max:  # nor is a NaN
            if is_real or -2 ** 63 <= value < 2 ** 63:
                raise RuntimeError(f"value cannot be converted to type {_C_NAMES[dtype._name]} without overflow")
            raise ValueError("Overflow when unpacking long long")


_C_NAMES = {"uint8": "uint8", "int8": "int8_t", "int16": "int16_t", "int32": "int32", "int64": "int64_t"}


def _from_lists(data, dtype):
    shape = _shape_of(data)
    flat = []
    _gather(data, shape, 0, flat)
    inferred = _dtype_of(flat) if flat or dtype is None else dtype
    dtype = dtype or inferred
    if dtype.is_floating_point:
        given, code, convert = _float64, "d", float
    elif dtype is _bool:
        given, code, convert = _bool, "b", bool
    else:
        given, code, convert = _int64, "q", int
        flat = [value if isinstance(value, float) else int(value) for value in flat]
        _check_range(flat, dtype)
    numbers = array.array(code, map(convert, flat))
    sizes = (ctypes.c_int64 * len(shape))(*shape)
    return wrap(lib.tensor_copy_of(numbers.buffer_info()[0], sizes, len(shape), given._number)).to(dtype)


def rebuild(values, shape, dtype, requires_grad):
    """What a pickle or a copy.copy of a tensor calls."""
    return tensor(values, dtype=dtype, requires_grad=requires_grad).reshape(shape)
