# SPDX-License-Identifier: MIT
"""Tensor: a handle of the C library with Python's manners.

This file has what a tensor is and can be asked. The ops become its methods and operators when the
package is imported (_functions.py); memory is exchanged in _exchange.py, indexing is in _indexing.py, and
what a tensor has to do with gradients in autograd/_variable.py.
"""
import ctypes
import struct

from . import _dtype
from ._library import check, lib, raise_error

_free = lib.tensor_free
_new = object.__new__
_NUMBER = struct.Struct("i4xq").unpack_from
_REAL = struct.Struct("d").unpack_from


class Size(tuple):
    """The sizes of a tensor: a tuple that prints as PyTorch's."""
    __slots__ = ()

    def __repr__(self):
        return f"torch.Size({list(self)})"

    def numel(self):
        product = 1
        for length in self:
            product *= length
        return product

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))

    def __radd__(self, other):
        return Size(tuple(other) + tuple(self))

    def __mul__(self, times):
        return Size(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __getitem__(self, index):
        item = tuple.__getitem__(self, index)
        return Size(item) if isinstance(index, slice) else item


class device:
    """Where a tensor lives; there is only the CPU."""
    __slots__ = ("type", "index")

    def __init__(self, type="cpu", index=None):
        name = type.type if isinstance(type, device) else str(type)
        if name.partition(":")[0] != "cpu":
            raise RuntimeError(f"device {name!r} is not supported: only 'cpu' is")
        self.type, self.index = "cpu", index

    def __repr__(self):
        return "device(type='cpu')"

    def __str__(self):
        return "cpu"

    def __eq__(self, other):
        return isinstance(other, device)

    def __hash__(self):
        return hash("cpu")


_CPU = device()


def wrap(handle, kind=None):
    """A new handle as a Tensor, which then owns it. Null becomes the error that it stands for."""
    if handle is None:
        raise_error()
    tensor = _new(kind or Tensor)
    tensor._handle = handle
    return tensor


_buffers = []  # free ones, of 16 numbers; append and pop are atomic
_unpackers = [struct.Struct(f"{rank}q").unpack_from for rank in range(17)]


def _numbers(function, handle):
    """The sizes or the strides of a tensor."""
    buffer = _buffers.pop() if _buffers else ctypes.create_string_buffer(8 * 16)
    numbers = _unpackers[function(handle, buffer)](buffer)
    _buffers.append(buffer)
    return numbers


class Tensor:
    """A multi-dimensional array whose elements are of one dtype. Make one with `cutaway.tensor(...)`."""
    __slots__ = ("_handle", "__weakref__", "__dict__")

    def __new__(cls, *values):
        if len(values) == 1 and not isinstance(values[0], int):
            from ._creation import tensor  # it needs Tensor
            dtype = values[0].dtype if isinstance(values[0], Tensor) else _dtype.get_default_dtype()
            made = values[0].detach() if isinstance(values[0], Tensor) else tensor(values[0], dtype=dtype)
            return made.as_subclass(cls)
        from ._functions import functions
        return functions["empty"](values or (0,)).as_subclass(cls)

    def __del__(self, free=_free):
        try:
            free(self._handle)
        except AttributeError:
            pass  # its making failed

    # ---- What it is ----

    @property
    def shape(self):
        return Size(_numbers(lib.tensor_sizes, self._handle))

    def size(self, dim=None):
        """All sizes, or that of one dimension."""
        return self.shape if dim is None else self._numbered(lib.tensor_sizes, dim)

    def stride(self, dim=None):
        """All strides in elements, or that of one dimension."""
        return _numbers(lib.tensor_strides, self._handle) if dim is None else self._numbered(lib.tensor_strides, dim)

    def _numbered(self, function, dim):
        numbers = _numbers(function, self._handle)
        try:
            return numbers[dim]
        except IndexError:
            rank = len(numbers)
        if rank == 0:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        raise IndexError(f"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dim})")

    def dim(self):
        return lib.tensor_rank(self._handle)

    ndimension = dim
    ndim = property(dim)

    def numel(self):
        return lib.tensor_numel(self._handle)

    nelement = numel

    @property
    def dtype(self):
        return _dtype.ALL[lib.tensor_dtype(self._handle)]

    def type(self, dtype=None):
        """The old name of the type, "torch.FloatTensor"; or a conversion."""
        if dtype is not None:
            return self.to(dtype)
        return f"torch.{_dtype.LEGACY_NAMES[self.dtype._name]}Tensor"

    device = property(lambda self: _CPU)
    layout = "torch.strided"
    is_sparse = is_cuda = is_meta = False
    itemsize = property(lambda self: self.dtype.itemsize)
    nbytes = property(lambda self: self.numel() * self.dtype.itemsize)

    def element_size(self):
        return self.dtype.itemsize

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return False

    def is_signed(self):
        return self.dtype.is_signed

    def data_ptr(self):
        return (lib.tensor_data(self._handle) or 0) if self.numel() else 0

    def storage_offset(self):
        return lib.tensor_storage_offset(self._handle)

    def is_contiguous(self):
        return bool(lib.tensor_is_contiguous(self._handle))

    def _is_view(self):
        return bool(lib.tensor_is_view(self._handle))

    @property
    def _version(self):
        return check(lib.tensor_version(self._handle))

    def is_set_to(self, tensor):
        """Whether both look at the same elements of the same storage."""
        return (lib.tensor_storage_data(self._handle) == lib.tensor_storage_data(tensor._handle)
                and self.storage_offset() == tensor.storage_offset() and self.shape == tensor.shape
                and self.stride() == tensor.stride())

    def as_subclass(self, cls):
        """The same tensor as an object of another class."""
        alias = _new(cls)
        alias._handle = lib.tensor_share(self._handle)
        return alias

    # ---- Its elements ----

    def item(self):
        """The value of a one-element tensor as a Python number."""
        buffer = _buffers.pop() if _buffers else ctypes.create_string_buffer(8 * 16)
        status = lib.tensor_item(self._handle, buffer)
        tag, whole = _NUMBER(buffer)
        real, = _REAL(buffer, 8)
        _buffers.append(buffer)
        if status < 0:
            raise_error()
        return real if tag == 3 else whole if tag == 2 else bool(whole)

    def tolist(self):
        """Nested lists of Python numbers."""
        if self.dim() == 0:
            return self.item()
        flat = self._flat_values()
        shape = self.shape
        for length in reversed(shape[1:]):
            flat = [flat[i:i + length] for i in range(0, len(flat), length)] if length else [[]] * (len(flat) or 1)
        if 0 in shape:
            return _empty_lists(shape)
        return flat

    def _flat_values(self):
        """The elements in row-major order, as Python numbers."""
        kind = self.dtype
        letter = {"bool": "?", "uint8": "B", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "float16": "e",
                  "float32": "f", "float64": "d"}.get(kind._name)
        dense = self.detach().contiguous()
        if letter is None:  # bfloat16
            dense, letter = dense.to(_dtype.float32), "f"
        count = dense.numel()
        return list(struct.unpack(f"{count}{letter}", ctypes.string_at(lib.tensor_data(dense._handle),
                                                                       count * dense.element_size())))

    def __bool__(self):
        count = self.numel()
        if count != 1:
            raise RuntimeError("Boolean value of Tensor with " + ("no values" if count == 0 else "more than one value")
                               + " is ambiguous")
        return bool(self.item())

    def is_nonzero(self):
        """Whether the only element is not zero."""
        return bool(self)

    def _number(self):
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return self.item()

    def __int__(self):
        return int(self._number())

    def __float__(self):
        return float(self._number())

    def __complex__(self):
        return complex(self._number())

    def __index__(self):
        if self.numel() != 1 or self.dtype.is_floating_point:
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self.item())

    def __len__(self):
        if self.dim() == 0:
            raise TypeError("len() of a 0-d tensor")
        return self.shape[0]

    def __iter__(self):
        if self.dim() == 0:
            raise TypeError("iteration over a 0-d tensor")
        return iter([self[i] for i in range(self.shape[0])])

    def __contains__(self, element):
        if isinstance(element, (Tensor, int, float)):
            return any((element == self).reshape(-1)._flat_values())
        raise RuntimeError(f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}.")

    __hash__ = object.__hash__  # == compares elements; as a key a tensor is itself

    def describe(self):
        """What it is made of (tensor/describe.h): storage, strides, versions, and a map of the walk, as text."""
        text = lib.tensor_description(self._handle)
        if text is None:
            raise_error()
        return text.decode()

    def __repr__(self):
        text = lib.tensor_text(self._handle)
        if text is None:
            raise_error()
        return text.decode()

    def __format__(self, spec):
        if self.dim() == 0 and spec:
            return format(self.item(), spec)
        return object.__format__(self, spec)

    def __reduce__(self):
        from ._creation import rebuild
        return rebuild, (self.tolist(), tuple(self.shape), self.dtype, self.requires_grad)

    def __deepcopy__(self, memo):
        copy = self.detach().clone()
        copy.requires_grad_(self.requires_grad and self.is_leaf)
        memo[id(self)] = copy
        return copy

    # ---- Views and conversions that are no ops of their own ----

    @property
    def T(self):
        """The dimensions in reverse order."""
        return self.permute(tuple(range(self.dim() - 1, -1, -1)))

    H = T

    def to(self, *args, dtype=None, copy=False, device=None, non_blocking=False):
        """Converted to a dtype, or to that of another tensor; self itself where nothing changes."""
        for given in args:
            if isinstance(given, Tensor):
                dtype = given.dtype
            elif isinstance(given, _dtype.dtype):
                dtype = given
            elif isinstance(given, (str, _Device)):
                _Device(given)
            elif isinstance(given, bool):
                copy = given
            else:
                raise TypeError(f"to() received an invalid combination of arguments - got ({type(given).__name__})")
        if device is not None:
            _Device(device)
        dtype = dtype or self.dtype
        if dtype is self.dtype and not copy:
            return self
        return _rows["_to_copy"](self, dtype)

    def type_as(self, other):
        return self.to(other.dtype)

    def cpu(self):
        return self


_Device = device
_rows = {}  # functions by the full names of their rows; _functions.py fills it


def _empty_lists(shape):
    if not shape:
        return []
    return [_empty_lists(shape[1:]) for _ in range(shape[0])]
