# SPDX-License-Identifier: MIT
"""The shared library, and every C function that Python calls.

How does Python call C++? `cutaway.exp(x)` packs its arguments (_values.py) and calls a function of
libcutaway.so, whose names and types are in `python/cutaway.h` and, once more, in the table below. ctypes
does the call; the interpreter's lock is released meanwhile, so that threads compute side by side. The
function returns a handle, which becomes a Tensor, or null, and then `raise_error()` raises what the
library has noted for this thread.

The library is looked for in $CUTAWAY_LIBRARY, then beside this file, where `make python` puts it.
"""
import ctypes
import os
import pathlib
import threading

ABI_VERSION = 3

_int, _long, _pointer, _text = ctypes.c_int32, ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p
_count = ctypes.c_void_p  # a whole number of 64 bits: ctypes converts it in half the time that c_int64 takes
Release = ctypes.CFUNCTYPE(None, _pointer)  # takes the lock when C++ calls it, on whatever thread
CallSite, AnomalyListener = ctypes.CFUNCTYPE(None, _pointer), ctypes.CFUNCTYPE(None, _text)

# Functions that compute: name, result, arguments.
_COMPUTING = {
    "call": (_long, _pointer, _pointer, _count, _pointer, _count),
    "call_1": (_pointer, _pointer, _pointer, _count),
    "call_t": (_pointer, _pointer, _pointer, _pointer, _count),
    "call_tt": (_pointer, _pointer, _pointer, _pointer, _pointer, _count),
    "call_pair": (_int, _pointer, _pointer, _pointer, _count, _pointer),
    "call_out": (_int, _pointer, _pointer, _count, _pointer, _count),
    "index": (_pointer, _pointer, _pointer, _count),
    "index_put": (_int, _pointer, _pointer, _long, _pointer),
    "backward": (_int, _pointer, _pointer, _long, _pointer, _long, _int, _int),
    "grad": (_int, _pointer, _pointer, _long, _pointer, _long, _int, _int, _int, _pointer),
    "node_saved": (_long, _pointer, _text, _pointer, _long),
    "gradcheck": (_int, _pointer, _pointer, _long, ctypes.c_double, ctypes.c_double, ctypes.c_double, _int),
    "derivative": (_long, _int, _pointer, _pointer, _long, _pointer, _long, _int, _int, _pointer, _long, _pointer),
    "checkpoint": (_long, _pointer, _pointer, _long, _int, _int, _int, _pointer, _long),
    "function_finish": (_int, _pointer, _pointer, _long, _pointer, _long, _pointer),
    "tensor_text": (_text, _pointer),
    "tensor_description": (_text, _pointer),
    "time_call": (ctypes.c_double, _pointer, _pointer, _long, _long),
}
# Functions that return at once: cheaper with the lock held.
_QUICK = {
    "abi_version": (_int,),
    "error_type": (_int,),
    "error_text": (_text,),
    "values_free": (None, _pointer),
    "op_count": (_long,),
    "op_at": (_pointer, _long),
    "op_schema": (_text, _pointer),
    "dtype_count": (_int,),
    "dtype_name": (_text, _int),
    "dtype_size": (_int, _int),
    "dtype_is_floating_point": (_int, _int),
    "promote_types": (_int, _int, _int),
    "can_cast": (_int, _int, _int),
    "result_type": (_int, _pointer, _long),
    "get_default_dtype": (_int,),
    "set_default_dtype": (_int, _int),
    "tensor_from_memory": (_pointer, _pointer, _pointer, _pointer, _long, _int, Release, _pointer),
    "tensor_copy_of": (_pointer, _pointer, _pointer, _long, _int),
    "tensor_share": (_pointer, _pointer),
    "tensor_free": (None, _pointer),
    "live_tensors": (_long,),
    "tensor_rank": (_long, _pointer),
    "tensor_numel": (_long, _pointer),
    "tensor_sizes": (_long, _pointer, _pointer),
    "tensor_strides": (_long, _pointer, _pointer),
    "tensor_storage_offset": (_long, _pointer),
    "tensor_storage_bytes": (_long, _pointer),
    "tensor_storage_data": (_pointer, _pointer),
    "tensor_dtype": (_int, _pointer),
    "tensor_data": (_pointer, _pointer),
    "tensor_forbid_resize": (None, _pointer),
    "tensor_is_contiguous": (_int, _pointer),
    "tensor_is_view": (_int, _pointer),
    "tensor_version": (_long, _pointer),
    "tensor_is_same": (_int, _pointer, _pointer),
    "tensor_item": (_int, _pointer, _pointer),
    "tensor_variable_data": (_pointer, _pointer),
    "tensor_set_data": (_int, _pointer, _pointer),
    "tensor_requires_grad": (_int, _pointer),
    "tensor_set_requires_grad": (_int, _pointer, _int),
    "tensor_is_leaf": (_int, _pointer),
    "tensor_grad": (_pointer, _pointer),
    "tensor_set_grad": (_int, _pointer, _pointer),
    "tensor_identity": (ctypes.c_uint64, _pointer),
    "tensor_output_nr": (_long, _pointer),
    "tensor_grad_fn": (_int, _pointer, _pointer),
    "node_free": (None, _pointer),
    "live_nodes": (_long,),
    "node_identity": (ctypes.c_uint64, _pointer),
    "node_name": (_text, _pointer),
    "node_sequence_nr": (ctypes.c_uint64, _pointer),
    "node_edge_count": (_long, _pointer),
    "node_next": (_pointer, _pointer, _long, _pointer),
    "node_variable": (_pointer, _pointer),
    "node_saved_names": (_text, _pointer),
    "is_grad_enabled": (_int,),
    "set_grad_enabled": (None, _int),
    "inference_mode_new": (_pointer, _int),
    "inference_mode_free": (None, _pointer),
    "is_inference_mode_enabled": (_int,),
    "tensor_is_inference": (_int, _pointer),
    "push_saved_tensors_hooks": (_int, _pointer),
    "pop_saved_tensors_hooks": (None,),
    "no_saved_tensors_hooks_new": (_pointer, _text),
    "no_saved_tensors_hooks_free": (None, _pointer),
    "set_anomaly_enabled": (None, _int, _int),
    "is_anomaly_enabled": (_int,),
    "is_anomaly_check_nan_enabled": (_int,),
    "on_anomaly": (None, CallSite, AnomalyListener),
    "append_text": (None, _pointer, _text),
    "tensor_retain_grad": (_int, _pointer),
    "tensor_retains_grad": (_int, _pointer),
    "tensor_detach_in_place": (_int, _pointer),
    "tensor_register_hook": (_pointer, _pointer, _pointer, _text),
    "tensor_register_post_accumulate_grad_hook": (_pointer, _pointer, _pointer, _text),
    "node_register_prehook": (_pointer, _pointer, _pointer, _text),
    "node_register_hook": (_pointer, _pointer, _pointer, _text),
    "hook_id": (ctypes.c_uint64, _pointer),
    "hook_remove": (None, _pointer),
    "hook_free": (None, _pointer),
    "function_begin": (_pointer, _text, _pointer, _long, _pointer, _int, _pointer),
    "function_free": (None, _pointer),
    "function_save_for_backward": (_int, _pointer, _pointer, _long),
    "function_mark_dirty": (_int, _pointer, _pointer, _long),
    "function_mark_non_differentiable": (_int, _pointer, _pointer, _long),
    "function_set_materialize_grads": (_int, _pointer, _int),
    "function_saved_tensors": (_long, _pointer, _pointer, _long),
    "generator_new": (_pointer,),
    "generator_free": (None, _pointer),
    "default_generator": (_pointer,),
    "generator_clone": (_pointer, _pointer),
    "generator_manual_seed": (None, _pointer, ctypes.c_uint64),
    "generator_initial_seed": (ctypes.c_uint64, _pointer),
    "generator_seed": (ctypes.c_uint64, _pointer),
    "generator_get_state": (None, _pointer, _pointer),
    "generator_set_state": (_int, _pointer, _pointer, _long),
    "to_dlpack": (_pointer, _pointer, _int),
    "from_dlpack": (_pointer, _pointer, _int),
    "dlpack_discard": (None, _pointer, _int),
    "dlpack_capsule_functions": (None, _pointer, _pointer),
    "get_num_threads": (_int,),
    "set_num_threads": (_int, _int),
    "set_print_options": (_int, _pointer),
}


def _find_library():
    given = os.environ.get("CUTAWAY_LIBRARY")
    path = pathlib.Path(given) if given else pathlib.Path(__file__).with_name("libcutaway.so")
    if not path.exists():
        raise ImportError(f"{path} is not there: build it with `make python`, or set CUTAWAY_LIBRARY to where it is")
    return str(path)


class _Library:
    """The C functions by their names without `cutaway_`: lib.call_t(op, handle)."""

    def __init__(self, path):
        computing, quick = ctypes.CDLL(path), ctypes.PyDLL(path)
        for door, table in ((computing, _COMPUTING), (quick, _QUICK)):
            for name, (result, *arguments) in table.items():
                function = getattr(door, "cutaway_" + name)
                function.restype, function.argtypes = result, arguments
                setattr(self, name, function)
        self.dlpack_capsule_destructor = quick.cutaway_dlpack_capsule_destructor
        if self.abi_version() != ABI_VERSION:
            raise ImportError(f"{path} has binary interface {self.abi_version()}, this package needs {ABI_VERSION}: "
                              "run `make python` again")


lib = _Library(_find_library())


class Stopped(BaseException):
    """What a callback into Python computes is not needed any further: it is to return, and nobody need hear of it."""


class CheckpointError(RuntimeError):
    """The second run of a checkpointed function did not save what the first one did."""


class _LinAlgError(RuntimeError):
    """A matrix cannot be inverted or decomposed. Its public name is cutaway.linalg.LinAlgError."""


_ERRORS = {1: RuntimeError, 2: IndexError, 3: TypeError, 4: ValueError, 5: NotImplementedError, 6: MemoryError,
           7: _LinAlgError, 9: Stopped, 10: CheckpointError}


_CALLERS_ERROR = 8
callers_errors = threading.local()  # .last: the exception that a callback into Python has raised


def raise_error():
    """Raises the last error of this thread as the Python exception of its type."""
    if lib.error_type() == _CALLERS_ERROR:
        error, callers_errors.last = callers_errors.last, None
        raise error
    raise _ERRORS.get(lib.error_type(), RuntimeError)(lib.error_text().decode())


def check(status):
    """For functions that return -1 where they fail."""
    if status < 0:
        raise_error()
    return status
