# SPDX-License-Identifier: MIT
"""Cutaway in Python: PyTorch's names, on the C++ library beside this package.

    import cutaway as torch
    x = torch.arange(6.).reshape(2, 3)
    print(x @ x.T)

Reading order, if you want to know how it works:

    _library.py    the C functions of libcutaway.so, by ctypes: here Python calls C++
    _tensor.py     Tensor: a handle of that library
    _schema.py     the catalogue's schemas, taken apart
    _functions.py  every op as a function and a method, made from the schemas at import
    _arguments.py  which overload a call means; PyTorch's messages where it means none
    _values.py     arguments packed for C, results unpacked
    _operators.py, _indexing.py    + - * / and x[...]
    _creation.py, _exchange.py     from lists; memory shared with NumPy and by DLPack
    _dtype.py, _random.py, _settings.py
    autograd/      gradients: grad_fn, backward, grad modes

`make python` builds the library; there is no other build step.
"""
import sys
import types
from math import e, inf, nan, pi

from . import _dtype, _functions, _library, _operators
from ._creation import as_tensor, tensor
from ._dtype import can_cast, dtype, finfo, get_default_dtype, iinfo, promote_types, set_default_dtype
from ._exchange import from_dlpack, from_numpy
from . import _indexing, _methods, _python_functions
from ._questions import (broadcast_shapes, is_complex, is_floating_point, is_nonzero, is_signed, is_tensor, numel,
                         result_type)
from ._random import (Generator, default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state)
from ._settings import get_num_threads, set_num_threads, set_printoptions
from ._tensor import Size, Tensor, device
from . import autograd
from .autograd import (enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad,
                       set_grad_enabled)
from .autograd.anomaly_mode import is_anomaly_check_nan_enabled, is_anomaly_enabled
from . import utils

describe = Tensor.describe
strided = Tensor.layout
newaxis = None

def _namespace(name):
    module = types.ModuleType(f"{__name__}.{name}", f"The ops of torch.{name}.")
    module.__dict__.update(_functions.in_namespace(name + "_"))
    sys.modules[module.__name__] = module
    return module


linalg, special = _namespace("linalg"), _namespace("special")
linalg.LinAlgError = _library._LinAlgError
globals().update(_dtype.NAMES)  # float32, int64, ...
# Ops, as torch.exp and so on. What is written by hand above comes before a row of the same name.
globals().update({name: function for name, function in _functions.functions.items()
                  if name not in globals() and not name.startswith(("linalg_", "special_"))})
