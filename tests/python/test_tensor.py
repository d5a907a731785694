# SPDX-License-Identifier: MIT
"""The Tensor class and what stands around it, without PyTorch at hand."""
import inspect
import math
import operator
import unittest

from . import ROOT  # noqa: F401

import cutaway as torch

try:
    import numpy
except ImportError:
    numpy = None


class Operators(unittest.TestCase):
    def test_all_of_them_against_python(self):
        a, b = [5.0, -3.0, 2.0], [2.0, 4.0, -1.5]
        x, y = torch.tensor(a, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)
        for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "eq", "ne", "lt", "le", "gt", "ge"):
            function = getattr(operator, name)
            if name == "floordiv" and not hasattr(torch.Tensor, "__floordiv__"):
                continue
            if name == "mod" and not hasattr(torch.Tensor, "__mod__"):
                continue
            if name == "pow":
                x, a = torch.tensor([5.0, 3.0, 2.0], dtype=torch.float64), [5.0, 3.0, 2.0]
            with self.subTest(name):
                self.assertEqual(function(x, y).tolist(), [function(*pair) for pair in zip(a, b)])
                self.assertEqual(function(x, 2.0).tolist(), [function(item, 2.0) for item in a])
                self.assertEqual(function(2.0, x).tolist(), [function(2.0, item) for item in a])

    def test_in_place_forms_write_the_same_memory(self):
        for name in ("iadd", "isub", "imul", "itruediv"):
            x = torch.tensor([4.0, 8.0])
            view = x[1:]
            result = getattr(operator, name)(x, 2)
            self.assertIs(result, x)
            self.assertEqual(view.item(), getattr(operator, name)(8.0, 2))

    def test_a_foreign_operand_may_answer(self):
        class Other:
            def __radd__(self, left):
                return "radd"
        self.assertEqual(torch.ones(2) + Other(), "radd")
        with self.assertRaisesRegex(TypeError, r"unsupported operand type\(s\) for \+: 'Tensor' and 'list'"):
            torch.ones(2) + [1, 2]

    def test_keys_are_by_identity(self):
        x, y = torch.ones(1), torch.ones(1)
        self.assertEqual(len({x: 1, y: 2, x: 3}), 2)

    @unittest.skipUnless(numpy, "NumPy is not installed")
    def test_against_numpy(self):
        a, b = numpy.random.default_rng(0).standard_normal((2, 3, 4))
        x, y = torch.from_numpy(a), torch.from_numpy(b)
        for name in ("add", "sub", "mul", "truediv", "lt", "ge"):
            function = getattr(operator, name)
            self.assertTrue((function(x, y).numpy() == function(a, b)).all(), name)
        self.assertTrue(numpy.allclose((x @ y.T).numpy(), a @ b.T, rtol=1e-14))


class Shapes(unittest.TestCase):
    def test_size(self):
        size = torch.ones(2, 3).shape
        self.assertEqual(size, (2, 3))
        self.assertIsInstance(size[:1], torch.Size)
        self.assertEqual(hash(size), hash((2, 3)))
        rows, columns = size
        self.assertEqual(torch.zeros(size).shape, torch.Size([rows, columns]))

    def test_0_d(self):
        x = torch.tensor(3)
        self.assertEqual((x.shape, x.stride(), x.T.item(), x.numel()), ((), (), 3, 1))
        self.assertEqual([10, 11, 12, 13][x], 13)

    def test_nested_lists(self):
        x = torch.arange(24).reshape(2, 3, 4)
        self.assertEqual(torch.tensor(x.tolist()).tolist(), x.tolist())
        for shape in ((0,), (2, 0), (0, 2), (2, 0, 3), (1, 1, 1)):
            self.assertEqual(torch.zeros(shape).tolist(),
                             numpy.zeros(shape).tolist() if numpy else torch.zeros(shape).tolist())
        self.assertEqual(x.transpose(0, 2).tolist()[1][2][1], x[1, 2, 1].item())

    def test_every_dtype_to_lists_and_back(self):
        for dtype in torch._dtype.ALL:
            x = torch.tensor([[0, 1], [1, 1]], dtype=dtype)
            self.assertEqual((x.dtype, x.tolist()), (dtype, [[0, 1], [1, 1]]))
            self.assertIs(type(x.tolist()[0][0]), bool if dtype is torch.bool else
                          float if dtype.is_floating_point else int)
            self.assertIs(type(x[0, 0].item()), type(x.tolist()[0][0]))
            self.assertEqual(x.element_size(), dtype.itemsize)


class Description(unittest.TestCase):
    def test_says_how_the_storage_is_walked(self):
        x = torch.arange(6).view(2, 3).t()
        lines = x.describe().splitlines()
        self.assertEqual(lines[0], "int64 [3, 2], strides [1, 3], offset 0: 6 elements, a view, not contiguous")
        self.assertEqual(lines[-1], "element   [0,0]  [1,0]  [2,0]  [0,1]  [1,1]  [2,1]")
        self.assertEqual(torch.describe(x), x.describe())


class Subclasses(unittest.TestCase):
    class Weight(torch.Tensor):
        def doubled(self):
            return self * 2

    def test_a_subclass_takes_part(self):
        x = torch.ones(2).as_subclass(self.Weight)
        self.assertIsInstance(x, self.Weight)
        self.assertEqual(x.doubled().tolist(), [2, 2])
        self.assertEqual((torch.ones(2) + x).tolist(), [2, 2])
        self.assertEqual(x.sum(0).item(), 2)
        self.assertIs(x.add_(1), x)
        self.assertEqual(torch.cat([x, x]).shape, (4,))

    def test_it_is_the_same_tensor(self):
        x = torch.ones(2)
        y = x.as_subclass(self.Weight)
        y.requires_grad_()
        self.assertTrue(x.requires_grad)

    def test_attributes_may_be_set(self):
        x = torch.ones(2)
        x.note = "mine"
        self.assertEqual(x.note, "mine")

    def test_the_class_makes_tensors(self):
        self.assertEqual(torch.Tensor([1, 2]).tolist(), [1, 2])
        self.assertEqual(torch.Tensor([1, 2]).dtype, torch.float32)
        self.assertEqual(torch.Tensor(2, 3).shape, (2, 3))
        self.assertEqual(torch.Tensor().shape, (0,))
        self.assertIsInstance(self.Weight([1.0]), self.Weight)


class Gradients(unittest.TestCase):
    def test_backward(self):
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        y = (x * x).sum()
        self.assertTrue(y.grad_fn.name().startswith("SumBackward"))
        y.backward(retain_graph=True)
        y.backward()
        self.assertEqual(x.grad.tolist(), [4, 8])
        with self.assertRaisesRegex(RuntimeError, "backward through the graph a second time"):
            y.backward()
        (x * 3).backward(torch.tensor([1.0, 0.0]))
        self.assertEqual(x.grad.tolist(), [7, 8])
        with self.assertRaisesRegex(RuntimeError, "grad can be implicitly created only for scalar outputs"):
            (x * 3).backward()

    def test_no_grad(self):
        x = torch.ones(2, requires_grad=True)
        with torch.no_grad():
            self.assertFalse((x * 2).requires_grad)
            with torch.enable_grad():
                self.assertTrue((x * 2).requires_grad)
            self.assertFalse(torch.is_grad_enabled())
        self.assertTrue(torch.is_grad_enabled())

        @torch.no_grad()
        def with_brackets():
            return (x * 2).requires_grad

        @torch.no_grad
        def without():
            return (x * 2).requires_grad
        self.assertEqual((with_brackets(), without()), (False, False))
        with torch.set_grad_enabled(False):
            self.assertFalse(torch.is_grad_enabled())
        self.assertTrue(torch.is_grad_enabled())

    def test_grad_is_checked(self):
        x = torch.ones(2, requires_grad=True)
        with self.assertRaises(TypeError):
            x.grad = 3
        with self.assertRaisesRegex(RuntimeError, "attempting to assign a gradient with dtype 'double'"):
            x.grad = torch.ones(2, dtype=torch.float64)


class Settings(unittest.TestCase):
    def test_generators(self):
        g = torch.Generator().manual_seed(5)
        state = g.get_state()
        first = torch.rand(3, generator=g).tolist()
        twin = g.clone_state()
        g.set_state(state)
        self.assertEqual(torch.rand(3, generator=g).tolist(), first)
        self.assertEqual(torch.rand(3, generator=g).tolist(), torch.rand(3, generator=twin).tolist())
        self.assertEqual((g.initial_seed(), state.shape), (5, (5056,)))
        torch.manual_seed(5)
        self.assertEqual(torch.rand(3).tolist(), first)
        kept = torch.get_rng_state()
        again = torch.rand(3).tolist()
        torch.set_rng_state(kept)
        self.assertEqual(torch.rand(3).tolist(), again)
        with self.assertRaises(TypeError):
            g.set_state(torch.ones(5056))
        with self.assertRaises(RuntimeError):
            g.set_state(torch.zeros(5056, dtype=torch.uint8))

    def test_threads(self):
        before = torch.get_num_threads()
        torch.set_num_threads(3)
        self.assertEqual(torch.get_num_threads(), 3)
        torch.set_num_threads(before)

    def test_default_dtype(self):
        torch.set_default_dtype(torch.float64)
        try:
            self.assertEqual(torch.tensor([1.0]).dtype, torch.float64)
            self.assertEqual(torch.zeros(1).dtype, torch.float64)
        finally:
            torch.set_default_dtype(torch.float32)

    def test_print_options(self):
        x = torch.tensor([1.23456, 2.0])
        torch.set_printoptions(precision=2)
        try:
            self.assertEqual(repr(x), "tensor([1.23, 2.00])")
            torch.set_printoptions(sci_mode=True)
            self.assertEqual(repr(x), "tensor([1.23e+00, 2.00e+00])")
            torch.set_printoptions(profile="full")
            self.assertNotIn("...", repr(torch.zeros(2000)))
        finally:
            torch.set_printoptions(profile="default")
        self.assertEqual(repr(x), "tensor([1.2346, 2.0000])")

    def test_limits(self):
        self.assertEqual((torch.iinfo(torch.uint8).max, torch.iinfo(torch.int64).min), (255, -2 ** 63))
        self.assertEqual(torch.finfo(torch.float64).eps, math.ulp(1.0))
        self.assertEqual(torch.finfo(torch.float64).tiny, 2.0 ** -1022)


class Signatures(unittest.TestCase):
    def test_help_shows_the_arguments(self):
        self.assertEqual(str(inspect.signature(torch.cat)), "(tensors, dim=0)")
        self.assertEqual(str(inspect.signature(torch.add)), "(input, other, *, alpha=1)")


if __name__ == "__main__":
    unittest.main()
