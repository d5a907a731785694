# SPDX-License-Identifier: MIT
"""Memory shared with other libraries, without a copy: NumPy's array interface, and DLPack.

    a = x.numpy()          NumPy looks at x's memory and keeps x alive
    x = from_numpy(a)      x looks at a's memory and keeps a alive
    from_dlpack(y)         the same with any library that has __dlpack__ (PyTorch, NumPy, JAX, ...)

NumPy is not needed to import this package; only functions that deal with arrays import it. Of DLPack both
forms are read and written: the older "dltensor", and version 1 ("dltensor_versioned").
"""
import ctypes
import itertools
import sys

from . import _dtype
from ._library import Release, lib, raise_error
from ._tensor import Tensor, wrap

# ---- Objects that C++ holds ----

_held = {}  # number -> object: what a tensor's memory belongs to
_numbers = itertools.count(1)


@Release
def _let_go(number):
    """The last tensor over somebody else's memory is gone."""
    _held.pop(number, None)


def _longs(values):
    return (ctypes.c_int64 * len(values))(*values)


def _over_memory(address, sizes, strides, dtype, owner):
    number = next(_numbers)
    _held[number] = owner
    return wrap(lib.tensor_from_memory(address, _longs(sizes), _longs(strides), len(sizes), dtype._number, _let_go,
                                       number))


# ---- NumPy ----

def _numpy():
    """NumPy if the program has imported it: only then can it have given us anything."""
    return sys.modules.get("numpy")


def array_of(data):
    """`data` as an array, if it is one or shows itself as one; else None."""
    numpy = _numpy()
    if numpy is not None and isinstance(data, (numpy.ndarray, numpy.generic)):
        return numpy.asarray(data)
    if not isinstance(data, (list, tuple, int, float)) and hasattr(data, "__array_interface__"):
        import numpy
        return numpy.asarray(data)
    return None


def numpy_dtype_of(value):
    """The dtype of a NumPy scalar; None for anything else."""
    numpy = _numpy()
    if numpy is None or not isinstance(value, (numpy.generic, numpy.ndarray)):
        return None
    return _dtype.BY_TYPE_STRING.get(value.dtype.str)


def from_numpy(ndarray):
    """A tensor over the memory of a NumPy array."""
    numpy = _numpy()
    if numpy is None or not isinstance(ndarray, numpy.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(ndarray).__name__})")
    described = ndarray.__array_interface__
    dtype = _dtype.BY_TYPE_STRING.get(described["typestr"])
    if dtype is None:
        if described["typestr"].startswith(">"):
            raise ValueError("given numpy array has byte order different from the native byte order. "
                             "Conversion between byte orders is currently not supported.")
        raise TypeError(f"can't convert np.ndarray of type numpy.{ndarray.dtype.type.__name__}. The only supported "
                        f"types are: {', '.join(_dtype.TYPE_STRINGS)}.")
    if any(stride < 0 for stride in ndarray.strides):
        raise ValueError("At least one stride in the given numpy array is negative, and tensors with negative strides "
                         "are not currently supported. (You can probably work around this by making a copy of your "
                         "array  with array.copy().) ")
    if any(stride % ndarray.itemsize for stride in ndarray.strides):
        raise ValueError("given numpy array strides not a multiple of the element byte size. Copy the numpy array to "
                         "reallocate the memory.")
    strides = [stride // ndarray.itemsize for stride in ndarray.strides]
    return _over_memory(described["data"][0], ndarray.shape, strides, dtype, ndarray)


def _array_interface(self):
    """NumPy's protocol: address, shape and type of the memory."""
    if self.requires_grad:
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    dtype = self.dtype
    if dtype._name not in _dtype.TYPE_STRINGS:
        raise TypeError(f"Got unsupported ScalarType {_dtype.LEGACY_NAMES[dtype._name]}")
    lib.tensor_forbid_resize(self._handle)
    return {"version": 3, "shape": tuple(self.shape), "typestr": _dtype.TYPE_STRINGS[dtype._name],
            "data": (lib.tensor_data(self._handle) or 0, False),
            "strides": tuple(stride * dtype.itemsize for stride in self.stride())}


def _to_numpy(self, *, force=False):
    """A NumPy array over the same memory (force: of the detached tensor)."""
    import numpy
    return numpy.asarray(self.detach() if force else self)


def _array(self, dtype=None, copy=None):
    import numpy
    memory = type("Memory", (), {"__array_interface__": self.__array_interface__, "tensor": self})()
    found = numpy.asarray(memory)
    if dtype is not None and found.dtype != numpy.dtype(dtype):
        return found.astype(dtype)
    return found.copy() if copy else found


def _array_wrap(self, result, context=None, return_scalar=False):
    """What NumPy's functions of a tensor return."""
    return from_numpy(result if result.dtype.str in _dtype.BY_TYPE_STRING else result.astype("uint8"))


Tensor.__array_interface__ = property(_array_interface)
Tensor.__array_priority__ = 1000  # array * tensor asks the tensor first
Tensor.__array__ = _array
Tensor.__array_wrap__ = _array_wrap
Tensor.numpy = _to_numpy

# ---- DLPack ----

_api = ctypes.pythonapi
_api.PyCapsule_New.restype = ctypes.py_object
_api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_api.PyCapsule_IsValid.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]
lib.dlpack_capsule_functions(ctypes.cast(_api.PyCapsule_IsValid, ctypes.c_void_p),
                             ctypes.cast(_api.PyCapsule_GetPointer, ctypes.c_void_p))
_destructor = ctypes.cast(lib.dlpack_capsule_destructor, ctypes.c_void_p)

_NAMES = {False: b"dltensor", True: b"dltensor_versioned"}
_USED = {False: b"used_dltensor", True: b"used_dltensor_versioned"}  # a capsule keeps no copy of its name


def _to_dlpack(self, *, stream=None, max_version=None, dl_device=None, copy=None):
    """A capsule over this tensor's memory. Versioned where the caller says that it knows version 1."""
    if self.requires_grad:
        raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
    if dl_device is not None and tuple(dl_device) != (1, 0):
        raise BufferError(f"cannot export to device {tuple(dl_device)}: the tensor is on the CPU")
    versioned = max_version is not None and max_version[0] >= 1
    source = self.clone() if copy else self
    pointer = lib.to_dlpack(source._handle, versioned)
    if pointer is None:
        raise_error()
    return _api.PyCapsule_New(pointer, _NAMES[versioned], _destructor)


def _dlpack_device(self):
    """(1, 0): the CPU."""
    return 1, 0


Tensor.__dlpack__ = _to_dlpack
Tensor.__dlpack_device__ = _dlpack_device


def from_dlpack(ext_tensor):
    """A tensor over the memory of an object with `__dlpack__`, or of a capsule."""
    capsule = ext_tensor
    if hasattr(ext_tensor, "__dlpack__"):
        try:
            capsule = ext_tensor.__dlpack__(max_version=(1, 0))
        except TypeError:  # made before there were versions
            capsule = ext_tensor.__dlpack__()
    elif type(ext_tensor).__name__ != "PyCapsule":
        raise TypeError(f"from_dlpack() needs an object with __dlpack__ or a capsule, not {type(ext_tensor).__name__}")
    for versioned, name in _NAMES.items():
        if _api.PyCapsule_IsValid(capsule, name):
            break
    else:
        raise RuntimeError("from_dlpack received an invalid capsule. Note that DLTensor capsules can be consumed only "
                           "once, so you might have already constructed a tensor from it once.")
    tensor = wrap(lib.from_dlpack(_api.PyCapsule_GetPointer(capsule, name), versioned))
    _api.PyCapsule_SetName(capsule, _USED[versioned])
    return tensor
