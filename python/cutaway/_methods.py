# SPDX-License-Identifier: MIT
"""Methods of Tensor that are other methods in short: x.float(), x.view_as(y), x.new_zeros(3)."""
from . import _creation, _dtype
from ._functions import functions
from ._tensor import Tensor


def _conversion(dtype):
    def convert(self):
        return self.to(dtype)
    convert.__doc__ = f"to(cutaway.{dtype._name})"
    return convert


for _name, _kind in {"bool": "bool", "byte": "uint8", "char": "int8", "short": "int16", "int": "int32", "long": "int64",
                     "half": "float16", "bfloat16": "bfloat16", "float": "float32", "double": "float64"}.items():
    if _kind in _dtype.BY_NAME:
        setattr(Tensor, _name, _conversion(_dtype.BY_NAME[_kind]))


def _as_other(name):
    def method(self, other):
        return getattr(self, name)(other.shape)
    method.__doc__ = f"{name}(other.shape)"
    return method


def _new(name):
    def method(self, *args, dtype=None, device=None, requires_grad=False):
        """As the function of that name, with self's dtype unless told."""
        return functions[name](*args, dtype=dtype or self.dtype, requires_grad=requires_grad)
    return method


for _name in ("view", "reshape", "expand"):
    if _name + "_as" not in Tensor.__dict__:
        setattr(Tensor, _name + "_as", _as_other(_name))
for _name in ("empty", "zeros", "ones", "full"):
    if "new_" + _name not in Tensor.__dict__ and _name in functions:
        setattr(Tensor, "new_" + _name, _new(_name))


def _new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    """A new tensor with a copy of `data`, of self's dtype unless told."""
    return _creation.tensor(data, dtype=dtype or self.dtype, requires_grad=requires_grad)


Tensor.new_tensor = _new_tensor
