# SPDX-License-Identifier: MIT
"""Draws random programs for random_graphs.py: lines of Python that build a graph and run backward.

A line is what a user would write ("t5 = t3.transpose(0, 1)", "t2.mul_(t4)", "with torch.no_grad(): t6 = t1[0]"),
so a program that disagrees can be pasted into a file. Which line comes next is drawn with a look at the
tensors that PyTorch has by then, so that most lines are legal and no number grows out of bounds; about one in
ten may be refused.

Not drawn is what PyTorch does not define: a write in place of what reads, in another place, what has been written by
then or not, as the loop happens to go (depends_on_order). Of tensors without gaps PyTorch notices, and refuses it: that
is drawn. Nor what PyTorch records without a gradient (x // 2, 2 % x): it refuses that before all else.
"""
import itertools
import math
import operator
import random

SHAPES = [(), (1,), (2,), (3,), (2, 3), (3, 2), (3, 3), (1, 3), (2, 1), (2, 2), (2, 1, 3), (2, 2, 3), (2, 3, 2), (0, 3)]
MOST_ELEMENTS = 48

SMOOTH = ["sin", "cos", "tanh", "sigmoid", "neg", "atan", "square", "erf", "clone", "contiguous", "relu", "abs",
          "softplus", "gelu", "silu", "expm1", "log1p", "exp", "log", "sqrt", "rsqrt", "reciprocal", "asinh",
          "sign", "round", "exp2", "elu", "leaky_relu", "hardtanh", "celu", "tan", "sinh", "cosh"]
NEEDS_SMALL = {"expm1", "exp", "exp2", "sinh", "cosh", "tan"}
NEEDS_POSITIVE = {"log", "sqrt", "rsqrt", "reciprocal", "log1p"}
FUNCTIONAL = {"softplus": "F.softplus", "gelu": "F.gelu",
              "silu": "F.silu",
              "elu": "F.elu", "leaky_relu": "F.leaky_relu",
              "hardtanh": "F.hardtanh", "celu": "torch.celu"}
INPLACE_UNARY = ["sin_", "cos_", "tanh_", "sigmoid_", "neg_", "square_", "zero_", "relu_", "abs_", "exp_", "sqrt_",
                 "atan_", "reciprocal_"]
INPLACE = ["add_", "mul_", "add_", "mul_", "sub_", "copy_", "fill_", "masked_fill_", "clamp_", "index_fill_", "div_",
           "+=", "*=", "-=", "view", "view", "addcmul_", "geometry", "index_add_", "lerp_", "pow_", "masked_scatter_",
           "softmax", "%=", "fmod_", "logical_not_", "logical_xor_",
           "compare_", "nextafter_"]
INPLACE_ON_VIEW = ["mul_(1.5)", "sin_()", "zero_()", "add_(0.5)", "fill_(0.7)", "copy_(torch.tensor(0.5))", "neg_()"]


def places(tensor, shape):
    """Where in memory its elements are, in order, when it is broadcast to that shape."""
    strides = [0 if size == 1 else stride for size, stride in zip(tensor.shape, tensor.stride())]
    strides = [0] * (len(shape) - len(strides)) + strides
    return [tensor.storage_offset() + sum(map(operator.mul, indices, strides))
            for indices in itertools.product(*map(range, shape))]


def is_dense(tensor):
    found = places(tensor, tensor.shape)
    return not found or len(set(found)) == len(found) == max(found) - min(found) + 1


def depends_on_order(written, read):
    """Whether `written`, overwritten element by element from `read`, ends as the order of the loop has it."""
    if (written.untyped_storage().data_ptr() != read.untyped_storage().data_ptr() or
            is_dense(written) and is_dense(read)):
        return False
    order = {place: number for number, place in enumerate(places(written, written.shape))}
    return any(order.get(place, number) != number for number, place in enumerate(places(read, written.shape)))


class Draw:
    """Draws one program; `look(name)` gives the tensor that PyTorch has under a name."""

    def __init__(self, seed, tensors, features):
        self.random = random.Random(seed)
        self.tensors = tensors  # name -> PyTorch's tensor
        self.features = features
        self.count = 0
        self.handles = 0
        self.has_float32 = self.random.random() < 0.1

    # ---- Choosing ----

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, options):
        return self.random.choice(options)

    def new(self, count=1):
        names = [f"t{self.count + i}" for i in range(count)]
        self.count += count
        return ", ".join(names)

    def any(self, fits=lambda tensor: True):
        """The name of a tensor, rather a late one than an early one; None where none fits."""
        names = [name for name, tensor in self.tensors.items() if fits(tensor)]
        if not names:
            return None
        if self.chance(0.5):
            names = names[-6:]
        return self.pick(names)

    def largest(self, tensor):
        return tensor.detach().abs().max().item() if tensor.numel() else 0.0

    def smallest(self, tensor):
        return tensor.detach().min().item() if tensor.numel() else 1.0

    def dim(self, tensor):
        rank = tensor.dim()
        return self.random.randrange(-rank, rank) if rank else 0

    # ---- Leaves ----

    def leaf(self):
        shape = self.pick(SHAPES[:-1]) if not self.chance(0.01) else SHAPES[-1]
        kind = "float32" if self.has_float32 and self.chance(0.4) else "float64"
        return f"{self.new()} = leaf({shape}, {self.random.randrange(10**6)}, '{kind}', {self.chance(0.75)})"

    # ---- Lines ----

    def line(self):
        """The next line, or None where what was drawn does not fit."""
        kinds = [(self.unary, 8), (self.binary, 14), (self.product, 5), (self.reduction, 6), (self.view, 16),
                 (self.many_views, 3), (self.indexing, 4), (self.joining, 3), (self.inplace, 12), (self.assignment, 4),
                 (self.apart, 4), (self.leaf, 2), (self.flags, 2), (self.walk, 1)]
        if "hooks" in self.features:
            kinds += [(self.hook, 4)]
        if "functions" in self.features:
            kinds += [(self.custom, 3)]
        if "saved" in self.features:
            kinds += [(self.saved, 1)]
        if "inference" in self.features:
            kinds += [(self.inference, 1)]
        if "checkpoint" in self.features:
            kinds += [(self.checkpointed, 1)]
        choose, = self.random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])
        text = choose()
        if text and self.chance(0.04) and not text.startswith(("with", "torch.autograd", "h")):
            text = f"with torch.no_grad(): {text}"
        elif text and self.chance(0.01) and not text.startswith("with"):
            text = f"with torch.enable_grad(): {text}"
        return text

    def unary(self):
        name, op = self.any(), self.pick(SMOOTH)
        if op in NEEDS_SMALL and self.largest(self.tensors[name]) > 1.4:
            op = "tanh"
        if op in NEEDS_POSITIVE and self.smallest(self.tensors[name]) < 0.1:
            return f"{self.new()} = ({name} * {name} + 0.5).{op}()"
        if op in FUNCTIONAL:
            return f"{self.new()} = {FUNCTIONAL[op]}({name})"
        return f"{self.new()} = {name}.{op}()"

    def fits_with(self, tensor, others=MOST_ELEMENTS):
        def fits(other):
            for a, b in zip(reversed(tensor.shape), reversed(other.shape)):
                if a != b and a != 1 and b != 1:
                    return False
            return tensor.numel() * max(other.numel(), 1) <= others * 8
        return fits

    def other(self, name):
        """A second operand: a tensor that broadcasts with the first, or a number."""
        if self.chance(0.2):
            return repr(round(self.random.uniform(-2, 2), 2))
        found = self.any(self.fits_with(self.tensors[name])) if not self.chance(0.03) else self.any()
        return found

    def binary(self):
        a = self.any()
        b = self.other(a)
        op = self.pick(["+", "-", "*", "*", "/", "**", "add", "where", "lerp", "addcmul", "atan2", "maximum", "minimum",
                        "hypot", "rsub", "%"])
        new = self.new()
        if op in "+-*":
            if op == "*" and self.largest(self.tensors[a]) > 30:
                return f"{new} = {a}.tanh() * {b}"
            return f"{new} = {b} {op} {a}" if self.chance(0.3) else f"{new} = {a} {op} {b}"
        is_number = b not in self.tensors
        if op == "%":
            divisor = "1.7" if is_number else f"({b} * {b} + 0.5)"
            return f"{new} = {a} % {divisor}" if self.chance(0.5) else f"{new} = torch.fmod({a}, {divisor})"
        if op == "/":
            return f"{new} = {a} / {1.5 if is_number else f'({b} * {b} + 0.5)'}"
        if op == "**":
            if self.largest(self.tensors[a]) > 10:
                return f"{new} = {a}.sin()"
            if is_number:
                return f"{new} = {a} ** {self.pick([2, 3, 0, 1])}"
            return f"{new} = ({a} * {a} + 0.5) ** {b}.tanh()"
        if is_number:
            return f"{new} = {a}.add({b})"
        return {"add": f"{new} = torch.add({a}, {b}, alpha=0.5)",
                "where": f"{new} = torch.where({b} > 0.8, {a}, {b})",
                "lerp": f"{new} = torch.lerp({a}, {b}, 0.3)",
                "addcmul": f"{new} = torch.addcmul({a}, {b}, {b}.sin(), value=0.7)",
                "atan2": f"{new} = torch.atan2({a}, {b} * {b} + 0.5)",
                "maximum": f"{new} = torch.maximum({a}, {b})",
                "minimum": f"{new} = torch.minimum({a}, {b})",
                "hypot": f"{new} = torch.hypot({a}, {b} * {b} + 0.5)",
                "rsub": f"{new} = torch.rsub({a}, {b})"}[op]

    def product(self):
        a = self.any(lambda t: t.dim() >= 1 and t.numel() and self.largest(t) < 30)
        if a is None:
            return None
        ta = self.tensors[a]
        width = ta.shape[-1]
        new = self.new()
        b = self.any(lambda t: t.dim() >= 1 and t.shape[-2 if t.dim() > 1 else -1] == width and t.numel()
                     and t.dtype == ta.dtype and self.largest(t) < 30)
        if b is None or self.chance(0.2):
            return f"{new} = {a} @ {a}.transpose(-1, {-1 if ta.dim() < 2 else -2})"
        tb = self.tensors[b]
        if ta.dim() == 2 and tb.dim() == 2 and self.chance(0.5):
            return self.pick([f"{new} = torch.mm({a}, {b})", f"{new} = torch.addmm({b}.sum(), {a}, {b})",
                              f"{new} = torch.einsum('ij,jk->ki', {a}, {b})"])
        if ta.dim() == 1 and tb.dim() == 1:
            return self.pick([f"{new} = torch.dot({a}, {b})", f"{new} = torch.outer({a}, {b})", f"{new} = {a} @ {b}"])
        return f"{new} = torch.matmul({a}, {b})"

    def reduction(self):
        name = self.any(lambda t: t.numel() > 0 or self.chance(0.2))
        if name is None:
            return None
        tensor = self.tensors[name]
        new, dim, keep = self.new(), self.dim(tensor), self.pick([True, False])
        small = self.largest(tensor) < 3
        # Of equal numbers in a long row PyTorch promises an order only where asked; it depends on the processor.
        stable = ", stable=True" if tensor.dim() and tensor.shape[dim] > 16 else ""
        options = ["sum()", "mean()", f"sum({dim}, {keep})", f"mean({dim}, keepdim={keep})", f"amax({dim})",
                   f"cumsum({dim})", f"softmax({dim})", f"log_softmax({dim})", f"logsumexp({dim})", "max()", "min()",
                   f"max({dim})[0]", f"sort(dim={dim}{stable})[0]", "norm()", f"prod({dim})",
                   f"var({dim}, unbiased=False)", f"flip({max(dim, 0) if tensor.dim() else '[]'})", f"cumprod({dim})",
                   f"norm(dim={dim})", "var(unbiased=False)"]
        op = self.pick(options)
        if "prod" in op and not small:
            op = "sum()"
        return f"{new} = {name}.{op}"

    def view(self):
        name = self.any()
        return f"{self.new()} = {self.view_of(name)}"

    def view_of(self, name):
        tensor = self.tensors[name]
        rank, shape = tensor.dim(), tuple(tensor.shape)
        dim = self.dim(tensor)
        options = [f"{name}.unsqueeze({self.random.randrange(-rank - 1, rank + 1)})", f"{name}.squeeze()",
                   f"{name}.reshape(-1)", f"{name}.view({self.reshaped(tensor)})",
                   f"{name}.reshape({self.reshaped(tensor)})",
                   f"{name}.flatten()", f"{name}.view_as({name})", f"{name}.expand(2, {', '.join(['-1'] * rank)})"
                   if rank else f"{name}.expand(2)", f"{name}[None]", f"{name}[...]"]
        if rank >= 1:
            size = shape[dim]
            options += [f"{name}.select({dim}, {self.random.randrange(-size, size)})"] * 2 if size else []
            start = self.random.randrange(size) if size else 0
            length = self.random.randint(0 if self.chance(0.05) else 1, size - start) if size > start else 0
            options += [f"{name}.narrow({dim}, {start}, {length})", f"{name}.transpose({dim}, {self.dim(tensor)})",
                        f"{name}.transpose({dim}, {self.dim(tensor)})", f"{name}[{start}:]",
                        f"{name}[..., {start}:{start + 2}]",
                        f"{name}[::2]", f"{name}.movedim(0, {dim})", f"{name}.unfold({dim}, 1, 1)"]
            if size and shape[0]:
                options += [f"{name}[{self.random.randrange(shape[0])}]"] * 2
            order = list(range(rank))
            self.random.shuffle(order)
            options += [f"{name}.permute({order})"]
        if rank == 2:
            options += [f"{name}.t()", f"{name}.T", f"{name}.diagonal()", f"{name}.diagonal(1)"]
        if rank >= 2:
            options += [f"{name}.diagonal(0, -2, -1)", f"{name}.mT", f"{name}[:, 0]" if shape[1] else f"{name}[:, 0:0]"]
        return self.pick(options)

    def reshaped(self, tensor):
        count = tensor.numel()
        if not count:
            return "0, 3" if tensor.shape == (0, 3) else tuple(tensor.shape)
        divisors = [d for d in range(1, count + 1) if count % d == 0]
        first = self.pick(divisors)
        return self.pick([f"{first}, {count // first}", f"{first}, -1", "-1"])

    def many_views(self):
        name = self.any(lambda t: t.dim() >= 1 and 0 < t.shape[0] <= 3)
        if name is None:
            return None
        tensor = self.tensors[name]
        dim = self.pick([d for d in range(tensor.dim()) if 0 < tensor.shape[d] <= 3])
        size = tensor.shape[dim]
        if self.chance(0.5):
            return f"{self.names(size)} = {name}.unbind({dim})"
        if self.chance(0.5):
            pieces = math.ceil(size / math.ceil(size / 2))
            return f"{self.names(pieces)} = {name}.chunk(2, {dim})"
        return f"{self.names(size)} = {name}.split(1, {dim})"

    def names(self, count):
        return f"({self.new(count)},)"

    def indexing(self):
        name = self.any(lambda t: t.dim() >= 1 and t.shape[0] > 0)
        if name is None:
            return None
        tensor = self.tensors[name]
        rows = [self.random.randrange(tensor.shape[0]) for _ in range(self.random.randint(1, 4))]
        return f"{self.new()} = " + self.pick([
            f"{name}[{rows}]", f"{name}[{name} > 0.7]", f"{name}.index_select(0, torch.tensor({rows}))",
            f"{name}.masked_fill({name} > 0.9, 0.25)", f"{name}.gather(0, torch.zeros_like({name}, dtype=torch.int64))",
            f"{name}.masked_select({name} < 0.9)",
            f"{name}.index_add(0, torch.tensor({rows}), {name}[{rows}])", f"{name}.roll(1, 0)",
            f"{name}.repeat(2, *[1] * ({name}.dim() - 1))",
            f"{name}.tril()" if tensor.dim() > 1 else f"torch.diag({name})", f"{name}.clamp(-0.5, 0.9)",
            f"{name}.clamp(min=0.6)"])

    def joining(self):
        name = self.any(lambda t: 0 < t.numel() <= 12)
        if name is None:
            return None
        shape = self.tensors[name].shape
        others = [each for each, t in self.tensors.items() if t.shape == shape]
        parts = [name, *self.random.choices(others, k=self.random.randint(1, 2))]
        self.random.shuffle(parts)
        rank = len(shape)
        if rank and self.chance(0.6):
            return f"{self.new()} = torch.cat([{', '.join(parts)}], {self.random.randrange(-rank, rank)})"
        return f"{self.new()} = torch.stack([{', '.join(parts)}], {self.random.randrange(-rank - 1, rank + 1)})"

    def target(self):
        """A tensor to write to: mostly one where it is allowed."""
        if self.chance(0.85):
            found = self.any(lambda t: not (t.is_leaf and t.requires_grad) and (t.numel() > 0 or self.chance(0.3)))
            if found:
                return found
        return self.any()

    def inplace(self):
        name = self.target()
        tensor = self.tensors[name]
        fits = self.fits_with(tensor)
        other = self.any(lambda t: fits(t) and t.dim() <= tensor.dim() and all(
            b in (1, a) for a, b in zip(reversed(tensor.shape), reversed(t.shape))) and
            not depends_on_order(tensor, t))
        other = other if other and not self.chance(0.2) else repr(round(self.random.uniform(-2, 2), 2))
        op = self.pick(INPLACE_UNARY + INPLACE)
        if op == "exp_" and self.largest(tensor) > 1.4 or op in ("mul_", "*=") and self.largest(tensor) > 30:
            op = "tanh_"
        if op in ("sqrt_", "reciprocal_") and self.smallest(tensor) < 0.1:
            op = "sin_"
        if op == "geometry" and (tensor.retains_grad or tensor.is_leaf and tensor.grad is not None):
            # PyTorch would retain the gradient of the old shape, and forget where: a bug of its own. For a leaf it
            # depends on whether an old graph is alive which shape the next gradient must have; ours keeps to the old.
            op = "neg_"
        if op == "softmax":
            return f"{self.new()} = {name}.softmax({self.dim(tensor)}).mul_(2)"
        if op in INPLACE_UNARY:
            return f"{name}.{op}()"
        if op in ("+=", "*=", "-="):
            return f"{name} {op} {other}"
        if op == "view":
            return f"{self.view_of(name)}.{self.pick(INPLACE_ON_VIEW)}"
        if op == "geometry":
            dim = self.dim(tensor)
            return f"{name}." + self.pick(["unsqueeze_(0)", "squeeze_()", f"transpose_({dim}, {self.dim(tensor)})"])
        if op == "index_add_":
            return f"{name}.index_add_(0, torch.tensor([0]), {name}[:1] * 0.5)" if tensor.dim() else f"{name}.neg_()"
        number = other not in self.tensors
        return {"%=": f"{name} %= 1.7" if number else f"{name} %= {other} * {other} + 0.5",
                "fmod_": f"{name}.fmod_(1.3)" if number else f"{name}.fmod_({other} * {other} + 0.5)",
                "logical_not_": f"{name}.logical_not_()",
                "compare_": f"{name}.{self.pick(['eq_', 'ne_', 'lt_', 'le_', 'gt_', 'ge_'])}({other})",
                "nextafter_": f"{name}.neg_()" if number else f"{name}.nextafter_({other})",
                "logical_xor_": f"{name}.logical_xor_({name if number else other})",
                "add_": f"{name}.add_({other})", "mul_": f"{name}.mul_({other})", "sub_": f"{name}.sub_({other})",
                "copy_": f"{name}.copy_({name}.cos())" if number else f"{name}.copy_({other})",
                "fill_": f"{name}.fill_({other if number or self.tensors[other].dim() == 0 else 0.4})",
                "masked_fill_": f"{name}.masked_fill_({name} > 0.8, 0.3)", "clamp_": f"{name}.clamp_(-0.8, 0.9)",
                "index_fill_": f"{name}.index_fill_(0, torch.tensor([0]), 0.6)" if tensor.numel() and tensor.dim()
                else f"{name}.fill_(0.6)",
                "div_": f"{name}.div_(2)" if number else f"{name}.div_({other} * {other} + 0.5)",
                "addcmul_": f"{name}.addcmul_({name if number else other}, {name if number else other}, value=0.1)",
                "lerp_": f"{name}.lerp_({name}.sin(), 0.4)",
                "pow_": f"{name}.pow_(2)" if self.largest(tensor) < 10 else f"{name}.tanh_()",
                "masked_scatter_": f"{name}.masked_scatter_({name} > 0.5, {name}.detach().exp())"
                if self.largest(tensor) < 2 else f"{name}.tanh_()"}[op]

    def assignment(self):
        name = self.target()
        tensor = self.tensors[name]
        if not tensor.dim() or not tensor.shape[0]:
            return f"{name}[...] = {round(self.random.uniform(-1, 1), 2)}"
        row = self.random.randrange(tensor.shape[0])
        written = tensor.detach()[row]
        other = self.any(lambda t: (t.shape == tensor.shape[1:] or t.dim() == 0) and
                         not depends_on_order(written, t)) or "0.5"
        same = self.any(lambda t: t.shape == tensor.shape and not depends_on_order(tensor, t)) or "0.5"
        return self.pick([f"{name}[{row}] = {other}", f"{name}[{row}:] = 0.5", f"{name}[..., 0] = {name}[..., 0] * 2"
                          if tensor.shape[-1] else f"{name}[...] = 1",
                          f"{name}[:] = {same}", f"{name}[{name} > 0.6] = 0.1", f"{name}[[{row}]] = {other}",
                          f"{name}[{row}] += 1"])

    def apart(self):
        name = self.any()
        kind = self.pick(["detach", "detach", "data", "no_grad", "no_grad_view", "detach_", "float"])
        if kind == "detach":
            return f"{self.new()} = {name}.detach()"
        if kind == "data" and not self.tensors[name].is_inference():
            return f"{self.new()} = {name}.data"
        if kind == "no_grad":
            return f"with torch.no_grad(): {self.new()} = {name} * 2"
        if kind == "no_grad_view":
            text = self.view_of(name)
            return f"with torch.no_grad(): {self.new()} = {text}"
        if kind == "detach_":
            return f"{name}.detach_()" if self.chance(0.4) else None
        return f"{self.new()} = {name}.{self.pick(['float', 'double'])}()" if self.has_float32 else None

    def flags(self):
        name = self.any(lambda t: t.is_leaf or self.chance(0.2))
        if name is None:
            return None
        return self.pick([f"{name}.requires_grad_()", f"{name}.requires_grad_()", f"{name}.requires_grad_(False)",
                          f"{name}.grad = None"])

    # ---- Backward in the middle ----

    def walk(self):
        return self.backward()

    def root(self):
        return self.any(lambda t: t.requires_grad and t.numel() > 0) or self.any()

    def backward(self):
        name = self.root()
        tensor = self.tensors[name]
        retain = self.pick(["", "", ", retain_graph=True"])
        create = ", create_graph=True" if self.chance(0.15) else ""
        inputs = f", inputs=[{self.inputs()}]" if "inputs" in self.features and self.chance(0.2) else ""
        kind = self.random.random()
        if kind < 0.35:
            return f"{name}.sum().backward({(retain + create + inputs)[2:]})"
        if kind < 0.6:
            gradient = f"gradient=like({name}, {self.random.randrange(10**6)})"
            if tensor.numel() == 1 and self.chance(0.5):
                gradient = ""
            if self.chance(0.02):
                gradient = "gradient=torch.ones(7)"
            return f"{name}.backward({(', ' + gradient + retain + create + inputs)[2:].strip(', ')})"
        if kind < 0.8:
            second = self.root()
            number = self.random.randrange(10**6)
            gradients = f"[like({name}, {number}), like({second}, {number + 1})]"
            return f"torch.autograd.backward([{name}, {second}], {gradients}{retain}{create}{inputs})"
        return self.gradients(name, retain)

    def inputs(self):
        names = [name for name, t in self.tensors.items() if t.requires_grad or self.chance(0.01)]
        if not names:
            return self.any()
        return ", ".join(dict.fromkeys(self.random.choices(names, k=self.random.randint(1, 3))))

    def gradients(self, name, retain=""):
        unused = self.pick([", allow_unused=True", ", allow_unused=True", ", materialize_grads=True", ""])
        inputs = self.inputs()
        count = inputs.count(",") + 1
        create = ", create_graph=True" if self.chance(0.6) else ""
        gradient = f"like({name}, {self.random.randrange(10**6)})"
        call = f"torch.autograd.grad({name}, [{inputs}], {gradient}{retain}{create}{unused})"
        if count == 1 and self.chance(0.5):
            return f"{self.names(1)} = {call}"
        return f"{self.names(count)} = {call}"

    # ---- Hooks ----

    def hook(self):
        kind = self.pick(["tensor", "tensor", "tensor", "retain", "post", "node", "pre", "remove"])
        number = self.random.randrange(4)
        if kind == "remove":
            return f"h{self.random.randrange(self.handles)}.remove()" if self.handles else None
        fits = {"retain": lambda t: t.requires_grad, "tensor": lambda t: t.requires_grad,
                "post": lambda t: t.requires_grad and t.is_leaf}.get(kind, lambda t: t.requires_grad and not t.is_leaf)
        name = self.any(fits) if not self.chance(0.04) else self.any()
        if name is None:
            return None
        if kind == "retain":
            return f"{name}.retain_grad()"
        handle = f"h{self.handles}"
        self.handles += 1
        label = f"'{handle}', {number}"
        return f"{handle} = " + {"tensor": f"{name}.register_hook(hook({label}))",
                                 "post": f"{name}.register_post_accumulate_grad_hook(seen({label}))",
                                 "node": f"{name}.grad_fn.register_hook(after({label}, {name}.grad_fn))",
                                 "pre": f"{name}.grad_fn.register_prehook(before({label}))"}[kind]

    # ---- Higher things ----

    def custom(self):
        a = self.any(lambda t: t.numel() > 0 and self.largest(t) < 30)
        if a is None:
            return None
        same = self.any(lambda t: t.shape == self.tensors[a].shape and t.dtype == self.tensors[a].dtype)
        new = self.new()
        return self.pick([f"{new} = Times.apply({a}, {same})", f"{new} = Wave.apply({a})", f"{new} = Wave.apply({a})",
                          f"{new} = Twice.apply({a})", f"{new} = Same.apply({a}, {self.chance(0.5)})",
                          f"{new} = Once.apply({a})", f"{new}, {self.new()} = Both.apply({a}, {same})",
                          f"{new} = Broken.apply({a})" if self.chance(0.2) else
                          f"{new}, {self.new()} = Setup.apply({a}, 1.5)"])

    def saved(self):
        name = self.any(lambda t: self.largest(t) < 5)
        if name is None:
            return None
        return f"with torch.autograd.graph.saved_tensors_hooks(pack, unpack): {self.new()} = {name} * {name}.sin()"

    def inference(self):
        name = self.any()
        text = self.pick([f"{self.new()} = {name} * 2", f"{self.new()} = {self.view_of(name)}", f"{name}.mul_(2)"])
        return f"with torch.inference_mode(): {text}"

    def checkpointed(self):
        name = self.any(lambda t: self.largest(t) < 5)
        if name is None:
            return None
        return f"{self.new()} = torch.utils.checkpoint.checkpoint(block, {name}, use_reentrant=False)"
