# SPDX-License-Identifier: MIT
"""dtypes: `cutaway.float32` and so on, finfo and iinfo, and what dtypes give when they meet."""
import math

from ._library import check, lib


class dtype:
    """The type of a tensor's elements. One object per type, made at import."""
    __slots__ = ("_number", "_name", "_packed", "itemsize", "is_floating_point")

    def __init__(self, number):
        self._number = number
        self._name = lib.dtype_name(number).decode()
        self.itemsize = lib.dtype_size(number)
        self.is_floating_point = bool(lib.dtype_is_floating_point(number))

    is_complex = False

    @property
    def is_signed(self):
        return self._name not in ("uint8", "bool")

    def __repr__(self):
        return "torch." + self._name

    def __reduce__(self):
        return _by_name, (self._name,)


def _by_name(name):
    return BY_NAME[name]


ALL = [dtype(number) for number in range(lib.dtype_count())]
BY_NAME = {each._name: each for each in ALL}
_OTHER_NAMES = {"half": "float16", "float": "float32", "double": "float64", "short": "int16", "int": "int32",
                "long": "int64"}
NAMES = dict(BY_NAME, **{other: BY_NAME[name] for other, name in _OTHER_NAMES.items() if name in BY_NAME})
bool_, int64, float32, float64 = (BY_NAME[name] for name in ("bool", "int64", "float32", "float64"))

# What NumPy writes in __array_interface__; it has no bfloat16.
TYPE_STRINGS = {"bool": "|b1", "uint8": "|u1", "int8": "|i1", "int16": "<i2", "int32": "<i4", "int64": "<i8",
                "float16": "<f2", "float32": "<f4", "float64": "<f8"}
BY_TYPE_STRING = {TYPE_STRINGS[name]: each for name, each in BY_NAME.items() if name in TYPE_STRINGS}

# "Float": the name in type() and in messages.
LEGACY_NAMES = {"bool": "Bool", "uint8": "Byte", "int8": "Char", "int16": "Short", "int32": "Int", "int64": "Long",
                "float16": "Half", "bfloat16": "BFloat16", "float32": "Float", "float64": "Double"}


def _checked(function, position, given):
    if not isinstance(given, dtype):
        names = {"promote_types": ("type1", "type2"), "can_cast": ("from_", "to")}[function]
        raise TypeError(f"{function}(): argument '{names[position]}' (position {position + 1}) must be torch.dtype, "
                        f"not {type(given).__name__}")
    return given._number


def promote_types(type1, type2):
    """The smallest dtype that holds both."""
    return ALL[lib.promote_types(_checked("promote_types", 0, type1), _checked("promote_types", 1, type2))]


def can_cast(from_, to):
    """Whether a result of dtype `from_` may be written into a tensor of dtype `to`."""
    return bool(lib.can_cast(_checked("can_cast", 0, from_), _checked("can_cast", 1, to)))


def get_default_dtype():
    """The dtype of float literals and of factories that are given none."""
    return ALL[lib.get_default_dtype()]


def set_default_dtype(d):
    """Changes it; `d` must be floating point."""
    if not isinstance(d, dtype):
        raise TypeError("invalid dtype object: only floating-point types are supported as the default type")
    check(lib.set_default_dtype(d._number))


# mantissa bits without the leading one, largest exponent
_FLOAT_FORMATS = {"float64": (52, 1023), "float32": (23, 127), "float16": (10, 15), "bfloat16": (7, 127)}


class finfo:
    """The limits of a floating-point dtype."""

    def __init__(self, type=None):
        type = type or get_default_dtype()
        if not isinstance(type, dtype) or not type.is_floating_point:
            raise TypeError("torch.finfo() requires a floating point input type. "
                            "Use torch.iinfo to handle 'torch.finfo'")
        mantissa, exponent = _FLOAT_FORMATS[type._name]
        self.dtype, self.bits = type._name, 8 * type.itemsize
        self.eps = math.ldexp(1.0, -mantissa)
        self.max = math.ldexp(2.0 - self.eps, exponent)
        self.min = -self.max
        self.tiny = self.smallest_normal = math.ldexp(1.0, 1 - exponent)
        self.resolution = 10.0 ** -math.floor(mantissa * math.log10(2))

    def __repr__(self):
        return (f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, eps={self.eps:g}, "
                f"smallest_normal={self.smallest_normal:g}, tiny={self.tiny:g}, dtype={self.dtype})")


class iinfo:
    """The limits of an integer dtype."""

    def __init__(self, type):
        if not isinstance(type, dtype) or type.is_floating_point or type is bool_:
            raise TypeError("torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'")
        self.dtype, self.bits = type._name, 8 * type.itemsize
        self.max = 2 ** (self.bits - type.is_signed) - 1
        self.min = -self.max - 1 if type.is_signed else 0

    def __repr__(self):
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"
