# SPDX-License-Identifier: MIT
"""x[...] and x[...] = value.

The items are handed to C as they are (integers, slices, None, Ellipsis, bools, tensors); what they mean is
decided in C++ (python/bridge_index.cpp).
"""
from . import _dtype
from ._creation import tensor
from ._exchange import array_of, from_numpy
from ._library import check, lib
from ._tensor import Tensor, wrap
from ._values import BOOL, BYTES, ELLIPSIS, INT, NOTHING, SLICE, pack_head, pack_scalar, pack_tensor, pack_whole

_ELLIPSIS = pack_head(ELLIPSIS, 0)
_SLICE = pack_head(SLICE, 0)


def _pack_bound(value):
    if value is None:
        return NOTHING
    try:
        number = value.__index__()
    except AttributeError:
        raise TypeError("slice indices must be integers or None or have an __index__ method") from None
    return pack_whole(INT, max(-2 ** 63, min(number, 2 ** 63 - 1)))  # clipped, as Python's own slices


def _pack_int(number):
    if not -2 ** 63 <= number < 2 ** 63:
        raise ValueError("Overflow when unpacking long long")
    return pack_whole(INT, number)


def _pack_item(item, kept):
    """The bytes of one item. Tensors that are made for it go to `kept`, to live until the call is over."""
    if isinstance(item, bool):
        return pack_whole(BOOL, item)
    if isinstance(item, int):
        return _pack_int(item)
    if isinstance(item, slice):
        if item.step is not None and item.step.__index__() == 0:
            raise ValueError("slice step cannot be zero")
        return _SLICE + _pack_bound(item.start) + _pack_bound(item.stop) + _pack_bound(item.step)
    if item is None:
        return NOTHING
    if item is Ellipsis:
        return _ELLIPSIS
    if isinstance(item, Tensor):
        return pack_tensor(item)
    return _pack_other(item, kept)


def _pack_other(item, kept):
    """Lists and arrays are index tensors; NumPy's integers are integers."""
    found = array_of(item)
    if found is not None and (found.ndim > 0 or found.dtype.str == "|b1"):
        kept.append(from_numpy(found))
    elif isinstance(item, (list, tuple, range)):
        kept.append(tensor(list(item), dtype=None if len(item) else _dtype.int64))
    elif isinstance(item, str):
        raise TypeError("new(): invalid data type 'str'")
    elif hasattr(item, "__index__"):
        return _pack_int(item.__index__())
    else:
        raise IndexError("only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
                         f"indices (got {type(item).__name__})")
    return pack_tensor(kept[-1])


def _is_tuple_in_brackets(index):
    """A list that holds slices, None or tensors is read as a tuple: x[[slice(1), None]] means x[:1, None]."""
    return isinstance(index, list) and len(index) < 32 and any(
        item is None or item is Ellipsis or isinstance(item, (slice, Tensor)) for item in index)


def _pack_index(index, kept):
    items = index if isinstance(index, tuple) or _is_tuple_in_brackets(index) else (index,)
    return b"".join([_pack_item(item, kept) for item in items])


def _get(self, index):
    kept = []
    data = _pack_int(index) if type(index) is int else _pack_index(index, kept)
    return wrap(lib.index(self._handle, data, len(data) // BYTES))


def _set(self, index, value):
    kept = []
    data = _pack_index(index, kept)
    if not isinstance(value, (Tensor, int, float)):
        array = array_of(value)
        if array is None or array.ndim:
            raise TypeError(f"can't assign a {_type_name(value)} to a {self.type()}")
        value = array.item()
    packed = pack_tensor(value) if isinstance(value, Tensor) else pack_scalar(value)
    check(lib.index_put(self._handle, data, len(data) // BYTES, packed))  # `value` must live until here


def _type_name(value):
    module = type(value).__module__
    return type(value).__name__ if module == "builtins" else f"{module}.{type(value).__name__}"


def _delete(self, index):
    raise TypeError("Tensor does not support deleting items")


Tensor.__getitem__ = _get
Tensor.__setitem__ = _set
Tensor.__delitem__ = _delete
