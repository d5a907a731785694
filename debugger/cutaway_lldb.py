# SPDX-License-Identifier: MIT
"""The library's objects in lldb, each as one line of text (see cutaway_text.py). To load it:

    (lldb) command script import debugger/cutaway_lldb.py
    (lldb) frame variable x
    (const cutaway::Tensor) x = float32 [2, 2], requires_grad=True: [[1.0000, 2.5000], [3.0000, 4.0000]]

`frame variable --raw x` shows the members. A module of your own is shown as its base class.
"""
import re

import cutaway_text
import lldb

if not hasattr(lldb, "eBasicTypeFloat"):
    raise ImportError("lldb has found another `lldb` than its own module. Start it with PYTHONPATH set to the folder that "
                      "has its own, such as /usr/lib/llvm-14/lib/python3.11/dist-packages")

# lldb picks a printer by the name of a type, in which a version's inline namespace may be.
OURS = "cutaway::(v[0-9][0-9a-z_]*::)?"
MODULES = "nn::[A-Z][A-Za-z0-9]*"
NAMES = [
    f"^{OURS}(Tensor|TensorImpl|StorageImpl|DType|DimVector|Scalar|KeySet|{MODULES})$",
    f"^{OURS}autograd::(Node|BackwardNode<.+>|AccumulateGrad|Edge|OutputInfo|SavedTensor)$",
    f"^{OURS}(ArrayRef|autograd::SmallList)<.+>$",
    f"^std::shared_ptr<{OURS}(TensorImpl|StorageImpl|autograd::Node|{MODULES})>$",
]
FLOATS = {lldb.eBasicTypeFloat, lldb.eBasicTypeDouble}


class LldbValue(cutaway_text.Value):
    """An lldb.SBValue, which does not raise where something fails: valid() does."""

    def __init__(self, value):
        value = valid(value.GetNonSyntheticValue())
        if value.GetType().IsReferenceType():
            value = valid(value.Dereference())
        self.value = value
        self.type = value.GetType().GetCanonicalType().GetUnqualifiedType()

    def names(self):
        return names_of(self.type)

    def member(self, name):
        return LldbValue(self.value.GetChildMemberWithName(name))

    def target(self):
        if self.type.IsPointerType():
            pointer, kind = self.number(), self.type.GetPointeeType()
        elif self.type.GetName().startswith("std::shared_ptr<"):
            return self.member("_M_ptr").target()
        else:  # a std::unique_ptr: with the usual deleter, nothing but a pointer
            kind = self.type.GetTemplateArgumentType(0)
            pointer = int.from_bytes(self.memory(self.address(), self.type.GetByteSize()), "little")
        return self.at(pointer, kind) if pointer else None

    def at(self, address, kind):
        return LldbValue(self.value.CreateValueFromAddress("", address, kind))

    def target_names(self):
        return names_of(self.type.GetPointeeType().GetCanonicalType())

    def element(self, index):
        if self.type.IsArrayType():
            return LldbValue(self.value.GetChildAtIndex(index))
        kind = self.type.GetPointeeType()
        return self.at(self.number() + index * kind.GetByteSize(), kind)

    def dynamic(self):
        """By the name in its std::type_info, to which the entry before its table of virtual functions points. (lldb
        14 does not find the table's own name where a program has thread-local variables.)"""
        info = self.pointer_at(self.pointer_at(self.address()) - 8)
        if info == 0:  # a program without RTTI
            return self
        kind = self.value.GetTarget().FindFirstType(self.demangled(self.pointer_at(info + 8)))
        return self.at(self.address(), kind) if kind.IsValid() else self

    def pointer_at(self, address):
        return int.from_bytes(self.memory(address, 8), "little")

    def demangled(self, address):
        """"N7cutaway2nn6LinearE" -> "cutaway::nn::Linear"."""
        left, parts = self.memory(address, cutaway_text.MOST_LENGTH).removeprefix(b"N"), []
        while size := re.match(rb"[1-9]\d*", left):
            end = size.end() + int(size[0])
            parts.append(left[size.end():end].decode(errors="replace"))
            left = left[end:]
        return "::".join(parts).replace("_GLOBAL__N_1", "(anonymous namespace)")

    def number(self):
        error = lldb.SBError()
        if self.type.GetBasicType() in FLOATS:
            number = self.value.GetData().GetDouble(error, 0)
        elif self.type.GetTypeFlags() & lldb.eTypeIsSigned:
            number = self.value.GetValueAsSigned(error)
        else:
            number = self.value.GetValueAsUnsigned(error)
        check(error)
        return number

    def enumerator(self):
        return names_of_numbers(self.type).get(self.number())

    def enumerators(self, enum):
        scope = self.type.GetName().rpartition("::")[0]
        return names_of_numbers(self.value.GetTarget().FindFirstType(f"{scope}::{enum}"))

    def address(self):
        return self.value.GetLoadAddress()

    def memory(self, address, size):
        error = lldb.SBError()
        read = self.value.GetProcess().ReadMemory(address, size, error)
        check(error)
        return read

    def own_text(self):
        return self.value.GetSummary() or self.value.GetValue() or str(self.value)


def valid(value):
    check(value.GetError())
    if not value.IsValid():
        raise cutaway_text.Unreadable("no debug information of it")
    return value


def check(error):
    if error.Fail():
        raise cutaway_text.Unreadable(error.GetCString())


def names_of(kind):
    names = [kind.GetUnqualifiedType().GetName()]
    for i in range(kind.GetNumberOfDirectBaseClasses()):
        names += names_of(kind.GetDirectBaseClassAtIndex(i).GetType().GetCanonicalType())
    return names


def names_of_numbers(enum):
    members = enum.GetEnumMembers()
    return {members.GetTypeEnumMemberAtIndex(i).GetValueAsUnsigned(): members.GetTypeEnumMemberAtIndex(i).GetName()
            for i in range(members.GetSize())}


def summary(value, _):
    """What lldb asks for the text of one value."""
    try:
        return cutaway_text.describe(LldbValue(value))
    except RuntimeError as error:
        return f"not readable: {error}"


def __lldb_init_module(debugger, _):
    """What lldb calls when it has imported this file."""
    for name in NAMES:
        debugger.HandleCommand("type summary add --no-value --skip-pointers -w cutaway "
                               f'-F {__name__}.summary -x "{name}"')
    debugger.HandleCommand("type category enable cutaway")
