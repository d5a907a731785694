# SPDX-License-Identifier: MIT
"""What the programs of random_graphs.py may call besides the library itself: leaves, hooks, custom functions.

`names(library, log)` gives them for one library, `torch` among them. Hooks write what they see to the log.
"""
import random


def names(library, log):
    found = {"torch": library, "leaf": leaf(library), "like": like(library),
             "F": library.nn.functional if hasattr(library, "nn") else library}
    found.update(hooks(log))
    found.update(functions(library))
    return found


def numbers(shape, number):
    """A nested list of numbers between -1.5 and 1.5, but not near 0."""
    draw = random.Random(number)

    def level(sizes):
        if sizes:
            return [level(sizes[1:]) for _ in range(sizes[0])]
        return draw.choice((-1, 1, 1)) * draw.uniform(0.2, 1.5)
    return level(shape)


def leaf(library):
    def make(shape, number, dtype, requires_grad):
        made = library.zeros(shape, dtype=getattr(library, dtype))  # an empty list has no second dimension
        if made.numel():
            made = library.tensor(numbers(shape, number), dtype=made.dtype)
        return made.requires_grad_(requires_grad)
    return make


def like(library):
    """A gradient for a tensor."""
    def make(tensor, number):
        return library.tensor(numbers(tuple(tensor.shape), number), dtype=tensor.dtype).reshape(tuple(tensor.shape))
    return make


# ---- Hooks: `kind` says what they return ----

def hooks(log):
    def note(label, tensor):
        log.append((label, None if tensor is None else tensor.detach().clone()))

    def changed(gradient, kind):
        return None if gradient is None else (gradient, gradient * 2, gradient.sin())[kind - 1]

    def hook(label, kind):
        def run(gradient):
            note(label, gradient)
            return changed(gradient, kind) if kind else None
        return run

    def seen(label, kind):
        def run(leaf):
            note(label, leaf.grad)
            if kind == 1:
                leaf.grad = None
        return run

    def after(label, kind, node):
        wanted = [edge[0] is not None for edge in node.next_functions]  # others may be given, too, or not

        def run(grad_inputs, grad_outputs):
            for place, gradient in enumerate(grad_inputs):
                if gradient is not None and wanted[place]:
                    note(f"{label} in[{place}]", gradient)
            for place, gradient in enumerate(grad_outputs):
                if gradient is not None:
                    note(f"{label} out[{place}]", gradient)
            return tuple(changed(each, kind) for each in grad_inputs) if kind else None
        return run

    def before(label, kind):
        def run(grad_outputs):
            for place, gradient in enumerate(grad_outputs):
                note(f"{label}[{place}]", gradient)
            return tuple(changed(each, kind) for each in grad_outputs) if kind else None
        return run

    def pack(tensor):  # what is packed in which order is the op's own business
        return (tensor.detach() * 1, "packed")

    def unpack(packed):
        return packed[0]

    def block(x):
        return (x * x.sin()).tanh()

    return {"hook": hook, "seen": seen, "after": after, "before": before, "pack": pack, "unpack": unpack,
            "block": block}


# ---- Custom functions ----

def functions(library):
    Function = library.autograd.Function
    once_differentiable = library.autograd.function.once_differentiable

    class Times(Function):  # saves what it is given
        @staticmethod
        def forward(ctx, a, b):
            ctx.save_for_backward(a, b)
            return a * b

        @staticmethod
        def backward(ctx, grad):
            a, b = ctx.saved_tensors
            return grad * b if ctx.needs_input_grad[0] else None, grad * a if ctx.needs_input_grad[1] else None

    class Wave(Function):  # saves its result
        @staticmethod
        def forward(ctx, x):
            result = x.sin().exp()
            ctx.save_for_backward(result, x)
            return result

        @staticmethod
        def backward(ctx, grad):
            result, x = ctx.saved_tensors
            return grad * result * x.cos()

    class Twice(Function):  # writes in place
        @staticmethod
        def forward(ctx, x):
            ctx.mark_dirty(x)
            return x.mul_(2)

        @staticmethod
        def backward(ctx, grad):
            return grad * 2

    class Same(Function):  # returns its argument, or a view of it
        @staticmethod
        def forward(ctx, x, whole):
            return x if whole else x.view_as(x)

        @staticmethod
        def backward(ctx, grad):
            return grad * 3, None

    class Once(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @once_differentiable
        def backward(ctx, grad):
            x, = ctx.saved_tensors
            return 2 * grad * x

    class Both(Function):  # two results, of which one may get no gradient
        @staticmethod
        def forward(ctx, a, b):
            ctx.set_materialize_grads(False)
            ctx.save_for_backward(a)
            rounded = b.round()
            ctx.mark_non_differentiable(rounded)
            return a.sin(), rounded

        @staticmethod
        def backward(ctx, grad, _):
            a, = ctx.saved_tensors
            return None if grad is None else grad * a.cos(), None

    class Broken(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            raise KeyError("broken backward")

    class Setup(Function):
        @staticmethod
        def forward(x, power):
            return x * power, x.cos()

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, ctx.power = inputs
            ctx.save_for_backward(x)

        @staticmethod
        def backward(ctx, first, second):
            x, = ctx.saved_tensors
            return first * ctx.power - second * x.sin(), None

    return {each.__name__: each for each in (Times, Wave, Twice, Same, Once, Both, Broken, Setup)}
