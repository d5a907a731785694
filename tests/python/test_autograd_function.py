# SPDX-License-Identifier: MIT
"""Custom functions in Python, gradcheck, and derivatives of functions."""
import gc
import unittest
import weakref

from . import ROOT  # noqa: F401

import cutaway as torch
from cutaway.autograd import Function, functional, gradcheck, gradgradcheck
from cutaway.autograd.function import once_differentiable

from .test_autograd import Balanced, leaf


class Exp(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.note = "on the node"
        result = x.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad):
        result, = ctx.saved_tensors
        return grad * result


class Scale(Function):
    @staticmethod
    def forward(x, factor):
        return x * factor

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.factor = inputs[1]

    @staticmethod
    def backward(ctx, grad):
        return grad * ctx.factor, None


class Functions(Balanced):
    def test_forward_and_backward(self):
        x = leaf(0, 1)
        y = Exp.apply(x)
        self.assertEqual(type(y.grad_fn).__name__, "ExpBackward")
        self.assertEqual(y.grad_fn.note, "on the node")
        self.assertEqual(y.grad_fn.saved_tensors[0].tolist(), y.tolist())
        y.sum().backward()
        self.assertEqual(x.grad.tolist(), y.tolist())
        self.assertTrue(gradcheck(Exp.apply, x) and gradgradcheck(Exp.apply, x))
        self.assertTrue(gradcheck(lambda a: Scale.apply(a, 3.0), x))
        with torch.no_grad():
            self.assertIsNone(Exp.apply(x).grad_fn)

    def test_a_graph_with_a_function_is_freed(self):
        seen = []

        class Keeps(Function):
            @staticmethod
            def forward(ctx, x):
                ctx.object = type("Kept", (), {})()
                seen.append(weakref.ref(ctx.object))
                ctx.save_for_backward(x, result := x * 2)
                return result

            @staticmethod
            def backward(ctx, grad):
                return grad * 2
        x = leaf(1)
        y = Keeps.apply(x)
        gc.collect()
        self.assertIsNotNone(seen[0]())
        del y
        gc.collect()
        self.assertIsNone(seen[0]())
        Keeps.apply(torch.ones(1))  # records nothing
        gc.collect()
        self.assertIsNone(seen[1]())

    def test_needs_input_grad_and_none(self):
        needs = []

        class Product(Function):
            @staticmethod
            def forward(ctx, a, b, text):
                needs.append(ctx.needs_input_grad)
                ctx.save_for_backward(a, b)
                return a * b

            @staticmethod
            def backward(ctx, grad):
                needs.append(ctx.needs_input_grad)
                a, b = ctx.saved_tensors
                return grad * b, None, None
        x = leaf(2)
        Product.apply(x, torch.ones(1, dtype=torch.float64), "text").backward()
        self.assertEqual(needs, [(True, False, False)] * 2)

        class Both(Product):
            @staticmethod
            def backward(ctx, grad):
                needs.append(ctx.needs_input_grad)
                return grad, grad * 2, None
        y, needs[:] = leaf(3), []
        torch.autograd.grad(Both.apply(x, y, "text"), x)
        self.assertEqual(needs, [(True, True, False)] * 2)  # as in PyTorch, though y's is not asked for

    def test_in_place(self):
        class Double(Function):
            @staticmethod
            def forward(ctx, x):
                ctx.mark_dirty(x)
                return x.mul_(2)

            @staticmethod
            def backward(ctx, grad):
                return grad * 2
        x = leaf(1, 2)
        y = x * 1
        z = Double.apply(y)
        self.assertIs(z, y)
        self.assertEqual((y._version, type(y.grad_fn).__name__), (2, "DoubleBackward"))  # mul_, and the mark
        y.sum().backward()
        self.assertEqual(x.grad.tolist(), [2, 2])
        with self.assertRaisesRegex(RuntimeError, "a leaf Variable that requires grad"):
            Double.apply(leaf(1))

    def test_results_without_gradient(self):
        got = []

        class Sorted(Function):
            @staticmethod
            def forward(ctx, x):
                values, indices = x.sort()
                ctx.mark_non_differentiable(indices)
                ctx.set_materialize_grads(False)
                return values, indices, 7

            @staticmethod
            def backward(ctx, *grads):
                got.append([None if each is None else each.tolist() for each in grads])
                return grads[0]
        values, indices, seven = Sorted.apply(leaf(2, 1))
        self.assertEqual((values.requires_grad, indices.requires_grad, seven), (True, False, 7))
        values.sum().backward()
        self.assertEqual(got, [[[1, 1], None, None]])

    def test_once_differentiable(self):
        class Square(Function):
            @staticmethod
            def forward(ctx, x):
                ctx.save_for_backward(x)
                return x * x

            @staticmethod
            @once_differentiable
            def backward(ctx, grad):
                return 2 * grad * ctx.saved_tensors[0]
        x = leaf(3)
        first, = torch.autograd.grad(Square.apply(x), x, create_graph=True)
        self.assertEqual(first.tolist(), [6])
        # The gradient that backward was given must be part of the graph for the error to show.
        g = leaf(1)
        first, = torch.autograd.grad(Square.apply(x), x, g, create_graph=True)
        with self.assertRaisesRegex(RuntimeError, "marked with @once_differentiable"):
            first.backward()

    def test_errors(self):
        class Wrong(Function):
            @staticmethod
            def forward(ctx, x, how):
                ctx.how = how
                return x * 2

            @staticmethod
            def backward(ctx, grad):
                return {"number": grad, "kind": (3, None), "position": (grad, grad), "none": (None, None)}[ctx.how]
        x = leaf(1)
        for how, kind, text in (
                ("number", RuntimeError, r"function WrongBackward returned an incorrect number of gradients "
                                         r"\(expected 2, got 1\)"),
                ("kind", TypeError, r"expected Variable or None \(got int\)"),
                ("position", RuntimeError, "function WrongBackward returned a gradient different than None at position "
                                           "2, but the corresponding forward input was not a Variable"),
                ("no such", KeyError, "no such")):
            with self.assertRaisesRegex(kind, text):
                Wrong.apply(x, how).backward()
        Wrong.apply(x, "none").backward()
        self.assertIsNone(x.grad)
        with self.assertRaisesRegex(RuntimeError, "should not be instantiated"):
            Wrong()
        with self.assertRaisesRegex(NotImplementedError, "You must implement the forward function"):
            Function.apply(x)
        with self.assertRaisesRegex(RuntimeError, "modified by an inplace operation"):
            y = Exp.apply(x)
            y.add_(1)
            y.backward()
        y = Exp.apply(x)
        y.backward()
        with self.assertRaisesRegex(RuntimeError, "Trying to backward through the graph a second time"):
            y.backward()


class Derivatives(Balanced):
    def test_gradcheck(self):
        class Wrong(Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2

            @staticmethod
            def backward(ctx, grad):
                return grad * 3
        x = leaf(1, 2)
        self.assertTrue(gradcheck(lambda a, b: (a * b).sin(), (x, leaf(3, 4))))
        with self.assertRaisesRegex(torch.autograd.GradcheckError, "Jacobian mismatch for output 0 with respect to "
                                                                   "input 0"):
            gradcheck(Wrong.apply, x)
        self.assertFalse(gradcheck(Wrong.apply, x, raise_exception=False))
        with self.assertRaises(ZeroDivisionError):
            gradcheck(lambda a: 1 / 0, x)

    def test_jacobian_and_hessian(self):
        x, y = leaf(1, 2), leaf(3)
        self.assertEqual(functional.jacobian(lambda a: a * a, x).tolist(), [[2, 0], [0, 4]])
        table = functional.jacobian(lambda a, b: (a * b, b.exp()), (x, y))
        self.assertEqual(table[0][0].tolist(), [[3, 0], [0, 3]])
        self.assertEqual((table[0][1].tolist(), table[1][0].tolist()), ([[1], [2]], [[0, 0]]))
        self.assertEqual(functional.hessian(lambda a: (a ** 3).sum(), x).tolist(), [[6, 0], [0, 12]])
        self.assertEqual(functional.hessian(lambda a, b: (a * b).sum(), (x, y))[0][1].tolist(), [[1], [1]])

    def test_products(self):
        x, v = leaf(1, 2), torch.tensor([1, 10], dtype=torch.float64)
        self.assertEqual([each.tolist() for each in functional.vjp(lambda a: a * a, x, v)], [[1, 4], [2, 40]])
        self.assertEqual([each.tolist() for each in functional.jvp(lambda a: a * a, x, v)], [[1, 4], [2, 40]])
        for product in (functional.hvp, functional.vhp):
            self.assertEqual([each.tolist() for each in product(lambda a: (a ** 3).sum(), x, v)], [9, [6, 120]])
        with self.assertRaisesRegex(TypeError, "must be either a Tensor or a tuple of Tensors"):
            functional.jacobian(lambda a: a, 3)


if __name__ == "__main__":
    unittest.main()
