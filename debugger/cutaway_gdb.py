# SPDX-License-Identifier: MIT
"""The library's objects in gdb, each as one line of text (see cutaway_text.py). To load it:

    (gdb) source debugger/cutaway_gdb.py
    (gdb) print x
    $1 = float32 [2, 2], requires_grad=True: [[1.0000, 2.5000], [3.0000, 4.0000]]

`print/r x` shows the members. (A printer that had them as children would make development environments show
"{...}" for the text.)
"""
import pathlib
import sys

import gdb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import cutaway_text  # noqa: E402
sys.path.pop(0)


class GdbValue(cutaway_text.Value):
    """A gdb.Value; its errors are gdb.error, a RuntimeError."""

    def __init__(self, value):
        self.value = value
        self.type = value.type.strip_typedefs()
        if self.type.code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
            self.value = pointed_to(value.address)
            self.type = self.value.type.strip_typedefs()

    def names(self):
        return names_of(self.type)

    def member(self, name):
        return GdbValue(self.value[name])

    def target(self):
        pointer = self.pointer()
        return GdbValue(pointed_to(pointer)) if int(pointer) else None

    def pointer(self):
        if self.type.code == gdb.TYPE_CODE_PTR:
            return self.value
        if str(self.type.unqualified()).startswith("std::shared_ptr<"):
            return self.value["_M_ptr"]
        # A std::unique_ptr: with the usual deleter, nothing but a pointer.
        return located(self.value).cast(self.type.template_argument(0).pointer().pointer()).dereference()

    def target_names(self):
        return names_of(self.type.target().strip_typedefs())

    def element(self, index):
        if self.type.code == gdb.TYPE_CODE_ARRAY:
            return GdbValue(self.value[index])
        return GdbValue(pointed_to(self.value + index))

    def dynamic(self):
        pointer = located(self.value).cast(self.type.unqualified().pointer())
        return GdbValue(pointed_to(pointer.cast(pointer.dynamic_type)))

    def number(self):
        return float(self.value) if self.type.code == gdb.TYPE_CODE_FLT else int(self.value)

    def enumerator(self):
        return names_of_numbers(self.type).get(int(self.value))

    def enumerators(self, enum):
        scope = self.type.name.rpartition("::")[0]
        return names_of_numbers(gdb.lookup_type(f"{scope}::{enum}"))

    def address(self):
        return int(located(self.value))

    def memory(self, address, size):
        return bytes(gdb.selected_inferior().read_memory(address, size)) if size else b""

    def own_text(self):
        return str(self.value)


def pointed_to(pointer):
    """What a pointer points to. Where that has virtual functions, dereference() would look for the type that it was
    made with, and warn for those that nobody can name, such as a node's that holds a lambda. An array has none."""
    kind = pointer.type.strip_typedefs().target().strip_typedefs()
    return pointer.cast(kind.array(0).pointer()).dereference()[0]


def located(value):
    """A pointer to it."""
    if value.address is None:
        raise cutaway_text.Unreadable("it lies in registers")
    return value.address


def names_of(kind):
    names = [kind.name or ""]
    if kind.code == gdb.TYPE_CODE_STRUCT:
        for field in kind.fields():
            if field.is_base_class:
                names += names_of(field.type.strip_typedefs())
    return names


def names_of_numbers(enum):
    return {field.enumval: field.name.rpartition("::")[2] for field in enum.fields()}


class Printer:
    """What gdb asks for the text of one value."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return cutaway_text.describe(self.value)


class Printers:
    """What gdb asks whether there is a printer for a value."""
    name = "cutaway"
    enabled = True

    def __call__(self, value):
        try:
            value = GdbValue(value)
            return None if cutaway_text.form_of(value) is None else Printer(value)
        except RuntimeError:
            return None


def register(objfile):
    """gdb asks the printers of each object file first: only there do ours come before those of std::shared_ptr."""
    others = [each for each in objfile.pretty_printers if getattr(each, "name", "") != Printers.name]
    objfile.pretty_printers[:] = [printers, *others]


printers = Printers()
for each_objfile in gdb.objfiles():
    register(each_objfile)
gdb.events.new_objfile.connect(lambda event: register(event.new_objfile))
