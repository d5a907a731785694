# SPDX-License-Identifier: MIT
"""What a call with several results returns: x.max(0) is a tuple whose items have names.

PyTorch counterpart: torch.return_types
"""
_types = {}


def _make(name, fields):
    """torch.return_types.max, as PyTorch prints it."""
    def show(self):
        items = ",\n".join(f"{field}={value!r}" for field, value in zip(fields, self))
        return f"torch.return_types.{name}(\n{items})"

    members = {field: property(lambda self, i=i: self[i]) for i, field in enumerate(fields)}
    members.update(__slots__=(), __repr__=show, __module__="torch.return_types", _fields=tuple(fields))
    return type(name, (tuple,), members)


def type_of(schema, suffix=""):
    """The type of the results of a row with several: one type per row, a tuple where they have no names."""
    names = [result.name for result in schema.results]
    if not all(names):
        return tuple
    key = schema.full_name + suffix
    if key not in _types:
        _types[key] = _make(schema.name + suffix, names)
    return _types[key]


def joined(schema, values, suffix=""):
    """One value as it is, several as that type."""
    return values[0] if len(values) == 1 else type_of(schema, suffix)(values)
