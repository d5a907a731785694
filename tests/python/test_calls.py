# SPDX-License-Identifier: MIT
"""How arguments find their op: overloads, names, defaults, numbers, out=, and the errors."""
import threading
import unittest
import warnings

from . import ROOT  # noqa: F401

import cutaway as torch
from cutaway import _functions, _plans
from cutaway._schema import REQUIRED, Schema


class PythonForms(unittest.TestCase):
    """Functions that PyTorch, too, writes in Python."""

    def test_unique_gives_what_is_asked_for(self):
        x = torch.tensor([1, 1, 2, 1])
        self.assertEqual(torch.unique(x).tolist(), [1, 2])
        self.assertEqual([each.tolist() for each in x.unique(return_counts=True)], [[1, 2], [3, 1]])
        self.assertEqual(torch.unique(torch.tensor([[1, 2], [1, 2]]), dim=0).tolist(), [[1, 2]])
        self.assertEqual(x.unique_consecutive().tolist(), [1, 2, 1])
        self.assertEqual([each.tolist() for each in torch.unique_consecutive(x, return_inverse=True)],
                         [[1, 2, 1], [0, 0, 1, 2]])

    def test_matrix_attributes(self):
        self.assertEqual(torch.tensor([[1, 2]]).mT.tolist(), [[1], [2]])
        self.assertEqual(torch.tensor(2).mH.tolist(), 2)  # no matrix at all
        with self.assertRaisesRegex(RuntimeError, "tensor.mH is only supported on matrices"):
            torch.tensor([2]).mH


class Schemas(unittest.TestCase):
    def test_parts(self):
        schema = Schema("max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)")
        self.assertEqual((schema.name, schema.full_name), ("max", "max.dim"))
        self.assertEqual([each.kind for each in schema.parameters], ["Tensor", "int", "bool"])
        self.assertEqual([each.default for each in schema.parameters], [REQUIRED, REQUIRED, False])
        self.assertEqual([each.name for each in schema.results], ["values", "indices"])

    def test_lists_defaults_and_aliases(self):
        schema = Schema("f_(Tensor(a!) self, int[1]? dim=None, *, Tensor?[] w, str mode='a,b', int[] s=[0, 1], "
                        "float eps=1e-05, Generator? generator=None) -> Tensor(a!)")
        self.assertEqual([each.kind for each in schema.parameters],
                         ["Tensor", "int[]", "Tensor?[]", "str", "int[]", "float", "Generator"])
        self.assertEqual([each.default for each in schema.parameters][3:], ["a,b", [0, 1], 1e-5, None])
        self.assertEqual(schema.parameters[1].length, 1)
        self.assertTrue(schema.parameters[1].optional)
        self.assertTrue(schema.writes_self)
        self.assertTrue(schema.parameters[2].keyword_only)
        self.assertFalse(schema.parameters[1].keyword_only)

    def test_every_row_can_be_read(self):
        for full_name, (schema, _) in _functions.read_catalogue().items():
            self.assertTrue(schema.results, full_name)


class Calls(unittest.TestCase):
    def setUp(self):
        self.x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])

    def same(self, a, b):
        self.assertEqual(a.tolist(), b if isinstance(b, list) else b.tolist())
        self.assertEqual(type(a), torch.Tensor)

    def test_the_same_call_in_many_ways(self):
        x = self.x
        for _ in range(2):  # resolved, then planned
            self.same(torch.add(x, x, alpha=2), [[3, 6], [9, 12]])
            self.same(torch.add(input=x, other=x, alpha=2), [[3, 6], [9, 12]])
            self.same(x.add(x, alpha=2), [[3, 6], [9, 12]])
            self.same(x.add(x2=x, alpha=2), [[3, 6], [9, 12]])
            self.same(x.sum(0), [4, 6])
            self.same(x.sum((0,)), [4, 6])
            self.same(x.sum([0, 1]), torch.tensor(10.0))
            self.same(x.sum(axis=0, keepdims=True), [[4, 6]])
            self.same(torch.sum(x, dim=-1, dtype=torch.float64), [3, 7])
            self.same(torch.sum(x), torch.tensor(10.0))
            self.same(x.view(4), [1, 2, 3, 4])
            self.same(x.view(4, 1), [[1], [2], [3], [4]])
            self.same(x.view((2, 2)), x)
            self.same(x.view([-1]), [1, 2, 3, 4])
            self.same(torch.zeros(2, 1), [[0], [0]])
            self.same(torch.zeros((2, 1)), [[0], [0]])
            self.same(torch.zeros(size=[2]), [0, 0])
            self.same(torch.cat((x, x)), torch.cat([x, x], dim=0))
            self.same(torch.arange(3), [0, 1, 2])
            self.same(torch.arange(1, 3), [1, 2])
            self.same(torch.arange(1, 6, 2), [1, 3, 5])

    def test_a_plan_is_kept_and_used(self):
        made = []
        make = _plans.make
        _plans.make = lambda *args: made.append(make(*args)) or made[-1]
        try:
            x = torch.tensor([[1.0]])
            clone = _functions._make("sum", _functions._group(_functions.read_catalogue())["sum"], True)
            self.assertEqual(clone(x, 0, True).tolist(), [[1.0]])
            self.assertEqual(clone(x, 0, True).tolist(), [[1.0]])
            self.assertEqual(len(made), 1)
            self.assertIsNotNone(made[0])
        finally:
            _plans.make = make

    def test_plans_of_every_form_of_call(self):
        x, c = self.x, self.x > 2
        for _ in range(3):  # resolved, then planned
            self.same(torch.where(c, x, -x), [[-1, -2], [3, 4]])
            self.same(torch.where(c, x, torch.tensor(0.0)), [[0, 0], [3, 4]])
            self.same(torch.where(c, x, 0), [[0, 0], [3, 4]])
            self.same(x.where(c, -x), [[-1, -2], [3, 4]])
            self.same(x.clamp(max=2), [[1, 2], [2, 2]])
            self.same(x.clamp(2, None), [[2, 2], [3, 4]])
            self.same(torch.zeros(2, dtype=torch.int64), [0, 0])
            self.same(torch.zeros(1, 2, dtype=torch.int64), [[0, 0]])
            self.same(torch.softmax(x[:, :1], dim=1), [[1], [1]])
            self.assertIs(x.relu_(), x)
            self.assertIs(x.mul_(other=1), x)
            self.assertIs(x.contiguous(), x)
            values, indices = x.max(dim=1)
            self.same(values, [2, 4])
            self.same(indices, [1, 1])
            self.assertEqual([each.tolist() for each in x.unbind(1)], [[1, 3], [2, 4]])
            self.assertEqual([each.tolist() for each in torch.split(x, 1)], [[[1, 2]], [[3, 4]]])
            self.assertEqual(len(torch.zeros(100).unbind(0)), 100)  # more than a buffer holds
            self.assertEqual([each.item() for each in torch.std_mean(torch.ones(3), dim=0)], [0, 1])
            self.assertIs(x.equal(x), True)
            self.same(torch.cat((x, x), dim=1), [[1, 2, 1, 2], [3, 4, 3, 4]])
            self.same(torch.stack([x] * 3)[2], x)

    def test_errors_of_planned_calls(self):
        x = self.x
        x.max(dim=1), x.unbind(0), x.sum(dim=0), x.equal(x), torch.zeros(1)
        for _ in range(2):
            with self.assertRaisesRegex(IndexError, "Dimension out of range"):
                x.max(dim=5)
            with self.assertRaisesRegex(IndexError, "Dimension out of range"):
                x.unbind(5)
            with self.assertRaisesRegex(IndexError, "Dimension out of range"):
                x.sum(dim=5)
            with self.assertRaisesRegex(RuntimeError, "must be non-negative"):
                torch.zeros(-1)
            with self.assertRaisesRegex((ValueError, RuntimeError), "Overflow when unpacking long"):
                x.sum(dim=2 ** 63)
            self.assertEqual(x.max(dim=1).values.tolist(), [2, 4])  # the buffer came back

    def test_threads_share_plans(self):
        def work(number, found):
            x = torch.full((1, 2), float(number))
            x[0, 1] = -1
            found.append(all(x.max(dim=1).values.item() == number and x.unbind(1)[0].item() == number
                             and torch.add(x, x, alpha=number)[0, 0].item() == number + number * number
                             for _ in range(300)))

        found = []
        threads = [threading.Thread(target=work, args=(number, found)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [True] * 4)

    def test_no_plan_where_the_value_decides(self):
        x = self.x
        for _ in range(2):
            self.same(x.pow(torch.tensor(2.0)), [[1, 4], [9, 16]])  # a 0-d tensor
            self.same(x.pow(torch.tensor([1.0, 2.0])), [[1, 4], [3, 16]])
            self.same(x.pow(2), [[1, 4], [9, 16]])
            self.same(torch.add(x, x, alpha=torch.tensor(2.0)), [[3, 6], [9, 12]])  # here a 0-d tensor is a number
            with self.assertRaisesRegex(TypeError, "argument 'alpha' must be Number, not Tensor"):
                torch.add(x, x, alpha=torch.ones(2))

    def test_a_plan_gives_errors_as_the_first_call(self):
        for _ in range(3):
            with self.assertRaisesRegex(TypeError, 'pos 2 with error "type must be tuple of ints,but got str"'):
                torch.zeros((2, "a"))
            torch.zeros((2, 3))
            with self.assertRaisesRegex(TypeError, "expected Tensor as element 1 in argument 0, but got int"):
                torch.cat([self.x, 1])
            torch.cat([self.x, self.x])

    def test_numbers(self):
        i = torch.tensor([1, 2])
        self.assertEqual((i + 1).dtype, torch.int64)
        self.assertEqual((i + 1.5).dtype, torch.float32)
        self.assertEqual((i + True).dtype, torch.int64)
        self.assertEqual((1 - i).tolist(), [0, -1])
        self.assertEqual(torch.add(1, i).tolist(), [2, 3])
        with self.assertRaisesRegex(ValueError, "Overflow when unpacking long long"):
            i + 2 ** 63

    def test_results_with_names(self):
        found = torch.max(self.x, 1)
        self.assertEqual(repr(found), "torch.return_types.max(\nvalues=tensor([2., 4.]),\nindices=tensor([1, 1]))")
        values, indices = self.x.max(dim=1)
        self.assertEqual((found.values.tolist(), indices.tolist()), (values.tolist(), [1, 1]))
        self.assertEqual(type(found), type(self.x.max(1)))
        self.assertEqual(found[0].tolist(), [2, 4])

    def test_an_in_place_op_returns_the_very_object(self):
        x = self.x
        self.assertIs(x.add_(1), x)
        self.assertIs(x.mul_(x), x)
        self.assertIs(x.fill_(2), x)
        self.assertIs(x.contiguous(), x)
        before = x
        x += 1
        x *= torch.tensor(2.0)
        self.assertIs(x, before)
        self.assertEqual(x.tolist(), [[6, 6], [6, 6]])

    def test_factories_take_more_keywords(self):
        self.assertTrue(torch.zeros(2, requires_grad=True).requires_grad)
        self.assertEqual(torch.ones(2, device="cpu", dtype=torch.int64).tolist(), [1, 1])
        with self.assertRaises(RuntimeError):
            torch.ones(2, device="cuda")

    def test_private_rows_are_not_shown(self):
        self.assertFalse(hasattr(torch, "_fused_adam_"))
        self.assertFalse([name for name in _functions.functions if name.startswith("_")])
        self.assertIn("_to_copy", _functions.rows)


class Errors(unittest.TestCase):
    def fails(self, error, text, function, *args, **keywords):
        with self.assertRaises(error) as raised:
            function(*args, **keywords)
        self.assertEqual(str(raised.exception), text)
        self.assertIs(type(raised.exception), error)

    def test_texts_of_the_parser(self):
        x = torch.ones(2, 3)
        self.fails(TypeError, "exp(): argument 'input' (position 1) must be Tensor, not int", torch.exp, 1)
        self.fails(TypeError, 'exp() missing 1 required positional arguments: "input"', torch.exp)
        self.fails(TypeError, "exp() takes 1 positional argument but 2 were given", torch.exp, x, x)
        self.fails(TypeError, "TensorBase.exp() takes no arguments (1 given)", x.exp, 1)
        self.fails(TypeError, "exp() got an unexpected keyword argument 'foo'", torch.exp, x, foo=1)
        self.fails(TypeError, "add(): argument 'other' (position 1) must be Tensor, not str", x.add, "a")
        self.fails(TypeError, "add(): argument 'other' (position 2) must be Tensor, not str", torch.add, x, "a")
        self.fails(TypeError, "add(): argument 'alpha' must be Number, not str", torch.add, x, 2, alpha="a")
        self.fails(TypeError, "zeros(): argument 'size' (position 1) must be tuple of ints, not str", torch.zeros, "a")
        self.fails(TypeError, "zeros(): argument 'dtype' must be torch.dtype, not int", torch.zeros, 2, dtype=1)
        self.fails(TypeError, "cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor",
                   torch.cat, x)

    def test_errors_of_the_library_have_their_types(self):
        x = torch.ones(2, 3)
        self.fails(RuntimeError, "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", torch.mm, x, x)
        self.fails(IndexError, "Dimension out of range (expected to be in range of [-2, 1], but got 5)", x.sum, 5)
        self.fails(ValueError, "torch.cat(): expected a non-empty list of Tensors", torch.cat, [])
        with self.assertRaises(NotImplementedError):
            torch.tensor([1]).uniform_()

    def test_all_overloads_are_named(self):
        with self.assertRaises(TypeError) as raised:
            torch.max(torch.ones(2), 0, False, 3, 4)
        text = str(raised.exception)
        self.assertIn("received an invalid combination of arguments - got (Tensor, int, bool, int, int), but expected "
                      "one of:", text)
        self.assertIn("\n * (Tensor input, int dim, bool keepdim = False)", text)

    def test_each_thread_has_its_own_error(self):
        x, y = torch.ones(2, 3), torch.ones(2)
        wrong = []

        def work(function, error, text):
            for _ in range(3000):
                try:
                    function()
                    wrong.append("no error")
                except error as raised:
                    if text not in str(raised):
                        wrong.append(str(raised))
        threads = [threading.Thread(target=work, args=case) for case in (
            (lambda: torch.mm(x, x), RuntimeError, "cannot be multiplied"),
            (lambda: x.sum(7), IndexError, "Dimension out of range"),
            (lambda: x.add(y), RuntimeError, "must match the size of tensor b"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


class Out(unittest.TestCase):
    def test_written_and_returned(self):
        x = torch.ones(2, 2)
        out = torch.zeros(2, 2)
        same_memory = out.view(4)
        self.assertIs(torch.add(x, x, out=out), out)
        self.assertEqual(same_memory.tolist(), [2, 2, 2, 2])
        self.assertIs(torch.add(x, out, out=out), out)  # may be an argument
        self.assertEqual(out.tolist(), [[3, 3], [3, 3]])

    def test_resized(self):
        out = torch.empty(0, dtype=torch.float64)
        torch.exp(torch.zeros(2), out=out)
        self.assertEqual((out.tolist(), out.dtype), ([1, 1], torch.float64))
        with self.assertWarnsRegex(UserWarning, "An output with one or more elements was resized since it had shape"):
            torch.exp(torch.zeros(3), out=out)
        self.assertEqual(out.tolist(), [1, 1, 1])

    def test_no_warning_where_the_shape_fits(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            torch.exp(torch.zeros(3), out=torch.ones(3))

    def test_dtype_must_hold_the_result(self):
        with self.assertRaises(RuntimeError) as raised:
            torch.add(torch.ones(2), 1, out=torch.zeros(2, dtype=torch.int64))
        self.assertEqual(str(raised.exception), "result type Float can't be cast to the desired output type Long")

    def test_in_the_memory_of_out(self):
        rows = torch.zeros(4, 2)
        torch.mm(torch.ones(2, 3), torch.ones(3, 2), out=rows[::2])
        self.assertEqual(rows.tolist(), [[3, 3], [0, 0], [3, 3], [0, 0]])
        line = torch.arange(5.0)
        with self.assertRaisesRegex(RuntimeError, "some elements of the input tensor and the written-to tensor"):
            torch.exp(line[:4], out=line[1:])
        with self.assertRaises(RuntimeError) as raised:
            torch.mm(torch.ones(2, 2), torch.ones(2, 2), out=torch.ones(2, 2, dtype=torch.float64))
        self.assertEqual(str(raised.exception), "Expected out tensor to have dtype float, but got double instead")

    def test_dtype_is_that_of_out(self):
        out = torch.empty(3, dtype=torch.float64)
        torch.manual_seed(1)
        torch.rand(3, out=out)
        torch.manual_seed(1)
        self.assertEqual(out.tolist(), torch.rand(3, dtype=torch.float64).tolist())
        self.assertEqual(torch.arange(3, out=out).dtype, torch.float64)
        with self.assertRaisesRegex(RuntimeError, r"dtype Float does not match dtype of out parameter \(Double\)"):
            torch.zeros(3, dtype=torch.float32, out=out)

    def test_several(self):
        values, indices = torch.empty(0), torch.empty(0, dtype=torch.int64)
        found = torch.max(torch.tensor([[1.0, 5.0]]), 1, out=(values, indices))
        self.assertIs(found.values, values)
        self.assertEqual((values.tolist(), indices.tolist()), ([5], [1]))
        self.assertTrue(repr(found).startswith("torch.return_types.max_out("))

    def test_refused(self):
        x = torch.ones(2, requires_grad=True)
        with self.assertRaisesRegex(RuntimeError, "don't support automatic differentiation"):
            torch.add(x, x, out=torch.empty(0))
        with torch.no_grad():
            torch.add(x, x, out=torch.empty(0))
        with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'out'"):
            torch.equal(x, x, out=x)
        with self.assertRaisesRegex(TypeError, "argument 'out' must be tuple of Tensors"):
            torch.max(torch.ones(2), 0, out=torch.ones(1))


if __name__ == "__main__":
    unittest.main()
