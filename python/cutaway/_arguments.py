# SPDX-License-Identifier: MIT
"""Which overload does a call mean, and what are its arguments?

The rules and texts of PyTorch's parser (torch/csrc/utils/python_arg_parser.cpp): the overloads are tried in
order, the first whose parameters take the arguments is called. A call that none takes is a TypeError, which
names the argument at fault where only one overload can have been meant, and lists all of them otherwise.
"""
import numbers

from . import _dtype
from ._plans import Source
from ._schema import REQUIRED
from ._tensor import Tensor

# Names that NumPy's users know.
_ALIASES = {"dim": ("axis",), "keepdim": ("keepdims",), "input": ("x", "a", "x1"), "other": ("x2",)}

_SHOWN = {"Tensor": "Tensor", "Scalar": "Number", "int": "int", "float": "float", "bool": "bool",
          "ScalarType": "torch.dtype", "Generator": "torch.Generator", "str": "str", "int[]": "tuple of ints",
          "Tensor[]": "tuple of Tensors", "Tensor?[]": "tuple of Tensors"}


class NoMatch(TypeError):
    """Why an overload does not take the arguments."""


# ---- Does a value fit a kind? ----

def is_int(value):
    if isinstance(value, int):
        return not isinstance(value, bool)
    if isinstance(value, Tensor):
        return value.dim() == 0 and not value.dtype.is_floating_point and value.dtype is not _dtype.bool_
    return hasattr(value, "__index__") and not hasattr(value, "__len__") and not _is_numpy_bool(value)


def _is_numpy_bool(value):
    return type(value).__name__ in ("bool_", "bool")


def is_number(value):
    if isinstance(value, Tensor):
        return value.dim() == 0 and not value.requires_grad
    return isinstance(value, (int, float, numbers.Real)) or _is_numpy_bool(value)


def _is_bool(value):
    if isinstance(value, Tensor):
        return value.dim() == 0 and value.dtype is _dtype.bool_
    return isinstance(value, bool) or _is_numpy_bool(value)


_TESTS = {
    "Tensor": lambda value: isinstance(value, Tensor),
    "Scalar": is_number,
    "int": is_int,
    "float": is_number,
    "bool": _is_bool,
    "ScalarType": lambda value: isinstance(value, _dtype.dtype),
    "Generator": lambda value: type(value).__name__ == "Generator" and hasattr(value, "_handle"),
    "str": lambda value: isinstance(value, str),
    # As in PyTorch the first item decides, and another that does not fit has an error of its own.
    "int[]": lambda value: isinstance(value, (tuple, list)) and (not value or is_int(value[0])),
    "Tensor[]": lambda value: isinstance(value, (tuple, list)) and (not value or isinstance(value[0], Tensor)),
    "Tensor?[]": lambda value: isinstance(value, (tuple, list)) and all(
        item is None or isinstance(item, Tensor) for item in value),
}


class Overload:
    """A schema and the row that it calls. `is_method` says whether `self` counts, as it does not in x.exp().

    takes_numbers  the names of parameters that are tensors, where a number will do too
    """

    def __init__(self, schema, row, takes_numbers=(), extra_keywords=(), complete=None,
                 row_parameters=None):
        self.schema, self.row, self.takes_numbers = schema, row, takes_numbers
        self.extra_keywords = extra_keywords  # of factories: taken, and not the row's
        self.parameters = schema.parameters
        self.row_parameters = row_parameters or schema.parameters
        self.complete = complete  # turns the bound values into the row's, where they are fewer

    def fits(self, parameter, value, numbers_as_tensors):
        if value is None:
            return parameter.optional
        if _TESTS[parameter.kind](value):
            return True
        if parameter.kind == "Tensor":
            return numbers_as_tensors and parameter.name in self.takes_numbers and is_number(value)
        if parameter.kind == "int[]":
            return parameter.length > 0 and is_int(value)
        return False

    def bind(self, args, keywords, is_method, numbers_as_tensors=True):
        """One value per parameter, or NoMatch."""
        name, parameters = self.schema.name, self.parameters
        given = len(args)
        args = self._gathered(args, is_method)
        values, used = [], 0
        for position, parameter in enumerate(parameters):
            shown = "input" if parameter.name == "self" and not is_method else parameter.name
            if position < len(args) and not parameter.keyword_only:
                value, where = args[position], f" (position {position + 1 - is_method})"
            else:
                key = _keyword_for(shown, keywords)
                if key is None:
                    if parameter.default is REQUIRED:
                        self._fail_missing(position, is_method)
                    values.append(parameter.default)
                    continue
                value, where, used = keywords[key], "", used + 1
            if not self.fits(parameter, value, numbers_as_tensors):
                raise NoMatch(f"{name}(): argument '{shown}'{where} must be {_SHOWN[parameter.kind]}, "
                              f"not {type(value).__name__}")
            values.append(self._listed(parameter, value))
        if len(args) > self.schema.max_positional:
            allowed, given = self.schema.max_positional - is_method, given - is_method
            if allowed == 0 and is_method:
                raise NoMatch(f"TensorBase.{name}() takes no arguments ({given} given)")
            raise NoMatch(f"{name}() takes {allowed} positional argument{'s' * (allowed != 1)} but {given} "
                          f"{'were' if given != 1 else 'was'} given")
        if used < len(keywords):
            self._check_extra(keywords, args, is_method)
        return values

    def sources(self, args, keywords, is_method):
        """For a call that fits: where each parameter's value comes from (a Source), or its default. None where a
        keyword of factories asks for more than requires_grad."""
        if any(key in self.extra_keywords and key != "requires_grad" for key in keywords):
            return None
        gathers = self._gathered(args, is_method) is not args
        positional = is_method + 1 if gathers else len(args)
        found = []
        for position, parameter in enumerate(self.parameters):
            key = _keyword_for("input" if parameter.name == "self" and not is_method else parameter.name, keywords)
            if position < positional and not parameter.keyword_only:
                found.append(Source(slice(is_method, len(args)) if gathers and position == is_method else position))
            elif key is not None:
                found.append(Source(len(args) + list(keywords).index(key)))
            else:
                found.append(parameter.default)
        return found

    def _gathered(self, args, is_method):
        """x.view(2, 3) means x.view((2, 3))."""
        if self.takes_sizes(is_method) and len(args) > is_method and is_int(args[is_method]):
            return (*args[:is_method], args[is_method:])
        return args

    def takes_sizes(self, is_method):
        """Whether the only positional parameter is a list of ints, which may then come unbracketed."""
        return self.schema.max_positional == 1 + is_method and self.parameters[is_method].kind == "int[]"

    def _listed(self, parameter, value):
        if parameter.kind == "int[]" and value is not None:
            if not isinstance(value, (tuple, list)):
                return [value] * parameter.length
            for place, item in enumerate(value, 1):
                fault = None
                if not is_int(item):
                    fault = f"type must be tuple of ints,but got {type(item).__name__}"
                elif not -2 ** 63 <= item.__index__() < 2 ** 63:
                    fault = "Overflow when unpacking long long"
                if fault:
                    raise TypeError(f"{self.schema.name}(): argument '{parameter.name}' failed to unpack the object at "
                                    f'pos {place} with error "{fault}"')
        if parameter.kind == "Tensor[]" and value is not None:
            for place, item in enumerate(value):
                if not isinstance(item, Tensor):
                    raise TypeError(f"expected Tensor as element {place} in argument 0, but got {type(item).__name__}")
        return value

    def _fail_missing(self, position, is_method):
        missing = []
        for parameter in self.parameters[position:]:
            if parameter.is_required:
                missing.append('"input"' if parameter.name == "self" and not is_method else f'"{parameter.name}"')
        plural = "s" if len(missing) == 1 else ""  # so PyTorch says
        raise NoMatch(f"{self.schema.name}() missing {len(missing)} required positional argument{plural}: "
                      f"{', '.join(missing)}")

    def _check_extra(self, keywords, args, is_method):
        known = ["input" if parameter.name == "self" and not is_method else parameter.name
                 for parameter in self.parameters]
        for key in keywords:
            if key in self.extra_keywords:
                continue
            for place, name in enumerate(known):
                if key == name or key in _ALIASES.get(name, ()):
                    if place < len(args) and not self.parameters[place].keyword_only:
                        raise NoMatch(f"{self.schema.name}() got multiple values for argument '{key}'")
                    break
            else:
                raise NoMatch(f"{self.schema.name}() got an unexpected keyword argument '{key}'")

    def shown(self, is_method):
        """One line of "but expected one of"."""
        words, starred = [], False
        for parameter in self.parameters[is_method:] if is_method else self.parameters:
            if parameter.keyword_only and not starred:
                words.append("*")
                starred = True
            shown = "input" if parameter.name == "self" and not is_method else parameter.name
            default = "" if parameter.is_required else f" = {_default_text(parameter.default)}"
            words.append(f"{_SHOWN[parameter.kind]} {shown}{default}")
        return f" * ({', '.join(words)})"


def _default_text(value):
    return "torch." + value if isinstance(value, str) and value in _dtype.BY_NAME else repr(value)


def _keyword_for(name, keywords):
    if name in keywords:
        return name
    for alias in _ALIASES.get(name, ()):
        if alias in keywords:
            return alias
    return None


def resolve(overloads, args, keywords, is_method):
    """The overload that is meant, and one value for each of its parameters."""
    if len(overloads) == 1:
        return overloads[0], _bound(overloads[0], args, keywords, is_method)
    # x ** 2 means the overload for numbers, where there is one; else the number becomes a tensor.
    for numbers_as_tensors in (False, True):
        for overload in overloads:
            try:
                return overload, overload.bind(args, keywords, is_method, numbers_as_tensors)
            except NoMatch:
                continue
    count = len(args) + len(keywords)
    plausible = [each for each in overloads
                 if each.schema.min_arguments <= count
                 and (count <= len(each.parameters) or each.takes_sizes(is_method))]
    if len(plausible) == 1:
        return plausible[0], _bound(plausible[0], args, keywords, is_method)
    got = [type(value).__name__ for value in args[is_method:]]
    got += [f"{key}={type(value).__name__}" for key, value in keywords.items()]
    lines = "\n".join(each.shown(is_method) for each in overloads)
    raise TypeError(f"{overloads[0].schema.name}() received an invalid combination of arguments - got "
                    f"({', '.join(got)}), but expected one of:\n{lines}\n")


def _bound(overload, args, keywords, is_method):
    try:
        return overload.bind(args, keywords, is_method)
    except NoMatch as refusal:
        raise TypeError(str(refusal)) from None
