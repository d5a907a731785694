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
from ._values import BOOL, ELLIPSIS, INT, SLICE, Packing


def _bound(packing, value):
    if value is None:
        packing.none()
        return
    try:
        number = value.__index__()
    except AttributeError:
        raise TypeError("slice indices must be integers or None or have an __index__ method") from None
    packing.add(INT, max(-2 ** 63, min(number, 2 ** 63 - 1)))  # as Python's own slices


def _add_item(packing, item):
    if isinstance(item, bool):
        packing.add(BOOL, item)
    elif isinstance(item, int):
        packing.add(INT, item)
    elif isinstance(item, slice):
        if item.step is not None and item.step.__index__() == 0:
            raise ValueError("slice step cannot be zero")
        packing.add(SLICE)
        for bound in (item.start, item.stop, item.step):
            _bound(packing, bound)
    elif item is None:
        packing.none()
    elif item is Ellipsis:
        packing.add(ELLIPSIS)
    elif isinstance(item, Tensor):
        packing.tensor(item)
    else:
        _add_other(packing, item)


def _add_other(packing, item):
    """Lists and arrays are index tensors; NumPy's integers are integers."""
    found = array_of(item)
    if found is not None and (found.ndim > 0 or found.dtype.str == "|b1"):
        packing.tensor(packing.keep(from_numpy(found)))
    elif isinstance(item, (list, tuple, range)):
        dtype = None if len(item) else _dtype.int64
        packing.tensor(packing.keep(tensor(list(item), dtype=dtype)))
    elif isinstance(item, str):
        raise TypeError("new(): invalid data type 'str'")
    elif hasattr(item, "__index__"):
        packing.add(INT, item.__index__())
    else:
        raise IndexError("only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
                         f"indices (got {type(item).__name__})")


def _is_tuple_in_brackets(index):
    """A list that holds slices, None, lists or tensors is read as a tuple: x[[0], [1]] written x[[[0], [1]]]."""
    return isinstance(index, list) and len(index) < 32 and any(
        item is None or item is Ellipsis or isinstance(item, (slice, Tensor)) for item in index)


def _packed(index):
    packing = Packing()
    items = index if isinstance(index, tuple) or _is_tuple_in_brackets(index) else (index,)
    for item in items:
        _add_item(packing, item)
    return packing


def _get(self, index):
    packing = _packed(index)
    return wrap(lib.index(self._handle, packing.pack(), len(packing)))


def _set(self, index, value):
    packing = _packed(index)
    if not isinstance(value, Tensor):
        if not isinstance(value, (int, float)) and (array_of(value) is None or array_of(value).ndim):
            raise TypeError(f"can't assign a {_type_name(value)} to a {self.type()}")
        value = tensor(value if isinstance(value, (int, float)) else value.item(), dtype=self.dtype)
    check(lib.index_put(self._handle, packing.pack(), len(packing), value._handle))


def _type_name(value):
    module = type(value).__module__
    return type(value).__name__ if module == "builtins" else f"{module}.{type(value).__name__}"


def _delete(self, index):
    raise TypeError("Tensor does not support deleting items")


Tensor.__getitem__ = _get
Tensor.__setitem__ = _set
Tensor.__delitem__ = _delete
