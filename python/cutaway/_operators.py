# SPDX-License-Identifier: MIT
"""Python's operators on tensors: each is the op of its name.

An operand that the op does not take gives NotImplemented, so that Python asks the other operand and then
says "unsupported operand type(s)". An operator whose op is not in the catalogue is not defined.
"""
from . import _dtype
from ._functions import functions
from ._tensor import Tensor

# The op of a binary operator. x += y is the op with an underscore.
_BINARY = {"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "floordiv": "floor_divide", "mod": "remainder",
           "pow": "pow", "matmul": "matmul", "and": "bitwise_and", "or": "bitwise_or", "xor": "bitwise_xor",
           "lshift": "bitwise_left_shift", "rshift": "bitwise_right_shift"}
# The op of y + x for a tensor x where it takes x first, which its node shows, as PyTorch's does.
_EXCHANGED = {"add": "add", "sub": "rsub", "mul": "mul"}
_COMPARISONS = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge"}
_UNARY = {"neg": "neg", "abs": "abs"}


def _or_not_implemented(function):
    plans = getattr(function, "binary_plans", {})

    def operator(self, other):
        try:
            return (plans.get(type(other)) or function)(self, other)
        except TypeError:
            return NotImplemented
    return operator


def _exchanged(function):
    def operator(self, other):
        try:
            return function(other, self)
        except TypeError:
            return NotImplemented
    return operator


def _divided(self, other):
    """other / self. PyTorch computes it as reciprocal times other, whose rounding may differ."""
    return functions["reciprocal"](self) * other


def _invert(self):
    if self.dtype.is_floating_point:
        raise TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    return functions["bitwise_not"](self)


def _define(name, operator):
    operator.__name__ = f"__{name}__"
    operator.__qualname__ = f"Tensor.__{name}__"
    setattr(Tensor, operator.__name__, operator)


def _install():
    for name, op in _BINARY.items():
        if op not in functions:
            continue
        _define(name, _or_not_implemented(functions[op]))
        if name in _EXCHANGED:
            _define("r" + name, _or_not_implemented(functions[_EXCHANGED[name]]))
        else:
            _define("r" + name, _exchanged(functions[op]))
        if op + "_" in functions:
            _define("i" + name, _or_not_implemented(functions[op + "_"]))
    for name, op in _COMPARISONS.items():
        if op in functions:
            _define(name, _or_not_implemented(functions[op]))
    for name, op in _UNARY.items():
        if op in functions:
            _define(name, lambda self, op=functions[op]: op(self))
    if "reciprocal" in functions:
        _define("rtruediv", _or_not_implemented(_divided))
    if "bitwise_not" in functions:
        _define("invert", _invert)
    Tensor.__pos__ = lambda self: self
    Tensor.__hash__ = object.__hash__  # setting __eq__ afterwards does not take it away, but let it be seen


_install()
