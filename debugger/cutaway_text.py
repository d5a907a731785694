# SPDX-License-Identifier: MIT
"""What a debugger shows of the library's objects: one line of text for each.

    >>> describe(value)                          # of a cutaway::Tensor
    'float32 [2, 2], strides [1, 2], requires_grad=True: [[1.0000, 3.0000], [2.5000, 4.0000]]'

Nothing is called in the program: everything is read from its memory, where its debug information says that the
members are. So it works at any breakpoint, and on a core file. What has not been made yet, or is destroyed, is
said to be that; no such memory makes describe() raise, hang or print without end.

cutaway_gdb.py and cutaway_lldb.py load this file, and give it the values of their debugger as objects with the
methods of Value below. Left out: standard libraries other than libstdc++.
"""
import math
import re
import struct

MOST_ITEMS = 100    # of a list, or elements of a tensor; of a tensor with more, as PyTorch does,
EDGE_ITEMS = 3      # those at either end of each dimension are shown
MOST_LENGTH = 80    # characters of a name
MOST_DIMS = 16      # of a tensor: kMaxDims in tensor/shape.h
NO_SEQUENCE_NR = 2**64 - 1  # what an AccumulateGrad has

# How struct unpacks an element. A bfloat16 is the upper half of a float32.
FORMATS = {"uint8": "B", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "float16": "e", "bfloat16": "H",
           "float32": "f", "float64": "d", "bool": "?"}


class Unreadable(RuntimeError):
    """What lies there is not what its type says. (The debuggers' own errors are RuntimeErrors, too.)"""


class Value:
    """A value in the program: what a debugger must be able to say of it. Any method may raise a RuntimeError."""

    def names(self):
        """The full names of its type and of all bases of that."""
        raise NotImplementedError

    def member(self, name):
        """The member of that name, own or inherited."""
        raise NotImplementedError

    def target(self):
        """What it points to, be it a pointer, a std::shared_ptr or a std::unique_ptr; None if null."""
        raise NotImplementedError

    def target_names(self):
        """names() of the type that a pointer points to."""
        raise NotImplementedError

    def element(self, index):
        """Of an array, or of a pointer to the first of several: number `index` of them."""
        raise NotImplementedError

    def dynamic(self):
        """The same object with the type that it was made with, where the debugger knows that."""
        raise NotImplementedError

    def number(self):
        """The value of an integer, a floating-point number or a pointer."""
        raise NotImplementedError

    def enumerator(self):
        """The name of an enum's value, without its scope; None where the value has no name."""
        raise NotImplementedError

    def enumerators(self, enum):
        """The names of an enum that is defined beside this value's type, by their numbers."""
        raise NotImplementedError

    def address(self):
        """Where it lies in memory."""
        raise NotImplementedError

    def memory(self, address, size):
        """That many bytes of the program's memory."""
        raise NotImplementedError

    def own_text(self):
        """What the debugger itself would print."""
        raise NotImplementedError


def plain_name(name):
    """Without the inline namespace of a version, and what a debugger puts before the name."""
    return re.sub(r"\bcutaway::v\d\w*::", "cutaway::", name.removeprefix("class ").removeprefix("struct "))


def form_of(value):
    """The function that writes a value of this type; None for types that are not ours."""
    names = [plain_name(name) for name in value.names()]
    if names[0].startswith("std::shared_ptr<"):
        is_ours = any(plain_name(name) in SHARED for name in value.member("_M_ptr").target_names())
        return shared if is_ours else None
    for name in names:
        form = FORMS.get(name.partition("<")[0])
        if form:
            return form
    return None


def describe(value):
    """The text of a value; None for types that are not ours."""
    form = form_of(value)
    if form is None:
        return None
    try:
        return form(value)
    except (RuntimeError, OverflowError) as error:  # an overflow: of an address
        return f"not readable: {error}"


def text(value):
    """The text of any value."""
    ours = describe(value)
    return value.own_text() if ours is None else ours


# ---- Tensors ----

def tensor(value):
    impl = value.member("impl_").target()
    return "undefined" if impl is None else tensor_impl(impl)


def tensor_impl(impl):
    layout = Layout(impl)
    return f"{layout.header()}{history(impl)}: {layout.values()}{gradient(impl)}"


class Layout:
    """What the members of a TensorImpl say of its elements. Those of what is no tensor contradict each other."""

    def __init__(self, impl):
        self.dtype = dtype(impl.member("dtype_"))
        self.sizes = dims(impl.member("sizes_"))
        self.strides = dims(impl.member("strides_"))
        self.offset = impl.member("storage_offset_").number()
        self.numel = impl.member("numel_").number()
        self.is_contiguous = impl.member("is_contiguous_").number() != 0
        self.storage = existing(impl.member("storage_").target())
        if math.prod(self.sizes) != self.numel or min(self.sizes, default=0) < 0:
            raise Unreadable(f"sizes {self.sizes} with {self.numel} elements")
        if len(self.sizes) != len(self.strides):
            raise Unreadable(f"sizes {self.sizes} with strides {self.strides}")

    def header(self):
        """"float32 [2, 3]", and how it lies in its storage if it is not the usual way."""
        strides = "" if self.is_contiguous else f", strides {self.strides}"
        offset = f", offset {self.offset}" if self.offset else ""
        return f"{self.dtype} {self.sizes}{strides}{offset}"

    def values(self):
        if self.numel == 0:
            return "[]"
        itemsize = struct.calcsize("<" + FORMATS[self.dtype])
        nbytes = self.storage.member("nbytes_").number()
        steps = [(size - 1) * stride for size, stride in zip(self.sizes, self.strides)]
        first = self.offset + sum(step for step in steps if step < 0)
        last = self.offset + sum(step for step in steps if step > 0)
        if first < 0 or (last + 1) * itemsize > nbytes:
            return f"outside of the storage, which has {nbytes} bytes"
        data = self.storage.member("data_").number()
        return nested_text(Elements(self, data, itemsize).tree())


class Elements:
    """Reads those elements of a tensor that are to be shown, each from where the strides say that it is."""

    def __init__(self, layout, data, itemsize):
        self.layout, self.itemsize = layout, itemsize
        self.first = data + layout.offset * itemsize
        self.is_cut = layout.numel > MOST_ITEMS
        self.left = MOST_ITEMS

    def tree(self):
        """A number, or a list of trees; None stands for those left out."""
        return self.below(0, self.first)

    def below(self, dim, address):
        if dim == len(self.layout.sizes):
            self.left -= 1
            return self.read(address)
        parts, step = [], self.layout.strides[dim] * self.itemsize
        for index in self.shown(self.layout.sizes[dim]):
            if self.left <= 0:
                return parts + [None]
            parts.append(None if index is None else self.below(dim + 1, address + index * step))
        return parts

    def shown(self, size):
        """The indices that are shown of a dimension."""
        if not self.is_cut or size <= 2 * EDGE_ITEMS:
            return range(size)
        return [*range(EDGE_ITEMS), None, *range(size - EDGE_ITEMS, size)]

    def read(self, address):
        code = FORMATS[self.layout.dtype]
        number, = struct.unpack("<" + code, self.layout.storage.memory(address, self.itemsize))
        if self.layout.dtype == "bfloat16":
            number, = struct.unpack("<f", struct.pack("<I", number << 16))
        return number


def nested_text(tree):
    """[[1.0000, 2.5000], ...], all numbers in one style."""
    write = number_style([number for number in flat(tree) if isinstance(number, float)])

    def written(part):
        if part is None:
            return "..."
        if isinstance(part, list):
            return "[" + ", ".join(map(written, part)) + "]"
        return write(part) if isinstance(part, float) else str(part)
    return written(tree)


def flat(tree):
    return [number for part in tree for number in flat(part)] if isinstance(tree, list) else [tree]


def number_style(numbers):
    """How PyTorch writes floating-point numbers: "2." if all are whole, else "2.5000", or "2.5000e+00" where
    the largest and the smallest are too far apart. Zero, inf and nan have no say."""
    sizes = [abs(number) for number in numbers if math.isfinite(number) and number != 0]
    if sizes and (max(sizes) / min(sizes) > 1e3 or max(sizes) > 1e8 or min(sizes) < 1e-4):
        return "{:.4e}".format
    if any(size != math.ceil(size) for size in sizes):
        return "{:.4f}".format
    return lambda number: f"{number:.0f}." if math.isfinite(number) else f"{number}"


def history(impl):
    """What autograd knows of a tensor, as PyTorch prints it: grad_fn, or else requires_grad."""
    try:
        grad_fn = grad_fn_name(impl)
        if grad_fn:
            return f", grad_fn=<{grad_fn}>"
        return ", requires_grad=True" if requires_grad(impl) else ""
    except RuntimeError:
        return ", requires_grad=?"  # no debug information of autograd/


def autograd_meta(impl):
    meta = impl.member("autograd_meta_").target()
    return meta and meta.dynamic()


def requires_grad(impl):
    meta, base = autograd_meta(impl), impl.member("base_").target()
    if meta and (meta.member("leaf_requires_grad").number() or meta.member("grad_fn").target()):
        return True
    return base is not None and requires_grad(base)  # a base is never a view


def grad_fn_name(impl):
    """None for a leaf. A view's memory may have been written since its grad_fn was noted: then the library
    makes another when asked (autograd/inplace_view.h), and only what was noted can be shown."""
    meta, base = autograd_meta(impl), impl.member("base_").target()
    node_of_it = meta and meta.member("grad_fn").target()
    if base and impl.member("history_version_").number() != version_of(impl):
        return "out of date: the memory was written since" if node_of_it or requires_grad(base) else None
    return node_of_it and node_name(node_of_it)


def gradient(impl):
    """The values of a tensor's grad."""
    try:
        meta = autograd_meta(impl)
        grad = meta and meta.member("grad").member("impl_").target()
        return f"; grad {Layout(grad).values()}" if grad else ""
    except RuntimeError:
        return ""


def existing(target):
    """For pointers that are never null in what is alive."""
    if target is None:
        raise Unreadable("a null pointer where there must be an object")
    return target


def version_of(impl):
    return existing(impl.member("version_").target()).member("count_").member("_M_i").number()


# ---- What tensors are made of ----

def dtype(value):
    """As users type it: "float32" for DType::Float32."""
    name = value.enumerator()
    if name is None or name.lower() not in FORMATS:
        raise Unreadable(f"no dtype has the number {value.number()}")
    return name.lower()


def dims(value):
    """The numbers in a DimVector."""
    size = value.member("size_").number()
    if not 0 <= size <= MOST_DIMS:
        raise Unreadable(f"a DimVector of {size} numbers")
    values = value.member("values_").member("_M_elems")
    return [values.element(i).number() for i in range(size)]


def dim_vector(value):
    return str(dims(value))


def scalar(value):
    kind = value.member("kind_").enumerator()
    if kind == "Double":
        return f"{value.member('real_').number()} (float64)"
    number = value.member("integer_").number()
    if kind == "Int":
        return f"{number} (int64)"
    if kind == "Bool":
        return f"{number != 0} (bool)"
    raise Unreadable(f"no kind of Scalar has the number {value.member('kind_').number()}")


def storage_impl(value):
    data, nbytes = value.member("data_").number(), value.member("nbytes_").number()
    version = value.member("version_").member("count_").member("_M_i").number()
    return f"{nbytes} bytes at {data:#x}, version {version}"


def shared(value):
    """A std::shared_ptr: what it points to. Of a storage, how many tensors share it: each owns it twice, by itself
    and through the version counter."""
    target = value.member("_M_ptr").target()
    if target is None:
        return "null"
    if plain_name(target.names()[0]) != "cutaway::StorageImpl":
        return text(target)
    count = existing(value.member("_M_refcount").member("_M_pi").target()).member("_M_use_count").number()
    tensors = max(count // 2, 1)
    return f"{storage_impl(target)}, " + ("one tensor's" if tensors == 1 else f"shared by {tensors} tensors")


def key_set(value):
    bits = value.member("bits_").number()
    names = [name for key, name in sorted(value.enumerators("Key").items()) if bits >> key & 1]
    return "{" + ", ".join(names) + "}"


# ---- Lists ----

def list_text(first, size):
    """The text of `size` values, of which `first` points to the first."""
    if not 0 <= size < 2**40 or (size > 0 and first.number() == 0):
        raise Unreadable(f"a list of {size} items")
    items = [text(first.element(i)) for i in range(min(size, MOST_ITEMS))]
    return "[" + ", ".join(items + ["..."] * (size > MOST_ITEMS)) + "]"


def array_ref(value):
    return list_text(value.member("data_"), value.member("size_").number())


def small_list(value):
    size, capacity = value.member("size_").number(), value.member("capacity_").number()
    if size > capacity:
        raise Unreadable(f"a list of {size} items with room for {capacity}")
    return list_text(value.member("data_"), size)


def vector_items(value):
    """The elements of a std::vector."""
    ends = value.member("_M_impl")
    first, end = ends.member("_M_start"), ends.member("_M_finish").number()
    if first.number() == 0:
        return []
    step = first.element(1).address() - first.number()
    size = (end - first.number()) // step
    if not 0 <= size < 2**40:
        raise Unreadable(f"a std::vector of {size} items")
    return [first.element(i) for i in range(min(size, MOST_ITEMS))]


def string(value):
    size = min(value.member("_M_string_length").number(), MOST_LENGTH)
    return value.memory(value.member("_M_dataplus").member("_M_p").number(), size).decode(errors="replace")


# ---- The graph ----

def node_name(node):
    """Its name is a string literal, read in pieces that do not cross into a page that may not be there."""
    address, name = node.member("name_").number(), b""
    while b"\0" not in name and len(name) < MOST_LENGTH:
        size = 16 - address % 16
        name += node.memory(address, size)
        address += size
    return name.partition(b"\0")[0].decode(errors="replace")


def numbered_name(node):
    number = node.member("sequence_nr_").number()
    return node_name(node) + ("" if number == NO_SEQUENCE_NR else f" #{number}")


def node(value):
    """"MulBackward0 #2 -> AccumulateGrad, ExpBackward0 #1": the node, and where its next edges lead."""
    edges = value.member("next_edges_")
    size = edges.member("size_").number()
    if size > edges.member("capacity_").number():
        raise Unreadable(f"a node with {size} edges")
    ends = [edges.member("data_").element(i).member("node").target() for i in range(min(size, MOST_ITEMS))]
    names = ["none" if end is None else numbered_name(end) for end in ends]
    return numbered_name(value) + (" -> " if names else "") + ", ".join(names)


def edge(value):
    end = value.member("node").target()
    return "none" if end is None else f"input {value.member('input_nr').number()} of {numbered_name(end)}"


def output_info(value):
    return f"{dtype(value.member('dtype'))} {dims(value.member('sizes'))}"


def saved_tensor(value):
    if value.member("packed_").target() is not None:
        return "kept by saved-tensor hooks"
    impl = value.member("data_").member("impl_").target()
    if impl is None:
        return "undefined"
    then, now = value.member("version_").number(), version_of(impl)
    return f"{tensor_impl(impl)}; " + (f"version {then}" if then == now else f"version {then}, but now {now}")


# ---- Modules ----

def module(value):
    """"Net(scale=float32 [], fc1=Linear(weight=float32 [256, 784], bias=float32 [256]))"."""
    return ModuleText().of(value)


class ModuleText:
    """The text of a module and those below it, MOST_ITEMS names in all."""

    def __init__(self):
        self.left = MOST_ITEMS

    def of(self, value):
        value = value.dynamic()
        items = []
        for name, shown in self.items(value):
            self.left -= 1
            if self.left < 0:
                items.append("...")
                break
            items.append(f"{string(name)}={shown()}")
        return f"{plain_name(value.names()[0]).rpartition('::')[2]}({', '.join(items)})"

    def items(self, value):
        """The names of parameters, buffers and children, each with a function for what is shown of it."""
        for name, held in pairs(value.member("parameters_")):
            yield name, lambda: header_of(held)
        for name, held in pairs(value.member("buffers_")):
            yield name, lambda: header_of(held.member("tensor"))
        for name, held in pairs(value.member("children_")):
            child = held.target()
            yield name, lambda: "null" if child is None else self.of(child)


def pairs(vector):
    return [(pair.member("first"), pair.member("second")) for pair in vector_items(vector)]


def header_of(tensor_value):
    impl = tensor_value.member("impl_").target()
    return "undefined" if impl is None else Layout(impl).header()


FORMS = {
    "cutaway::Tensor": tensor,
    "cutaway::TensorImpl": tensor_impl,
    "cutaway::StorageImpl": storage_impl,
    "cutaway::DType": dtype,
    "cutaway::DimVector": dim_vector,
    "cutaway::ArrayRef": array_ref,
    "cutaway::Scalar": scalar,
    "cutaway::KeySet": key_set,
    "cutaway::autograd::SmallList": small_list,
    "cutaway::autograd::Node": node,
    "cutaway::autograd::Edge": edge,
    "cutaway::autograd::OutputInfo": output_info,
    "cutaway::autograd::SavedTensor": saved_tensor,
    "cutaway::nn::Module": module,
}
# What a std::shared_ptr is seen through to.
SHARED = {"cutaway::TensorImpl", "cutaway::StorageImpl", "cutaway::autograd::Node", "cutaway::nn::Module"}
