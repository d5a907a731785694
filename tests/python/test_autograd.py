# SPDX-License-Identifier: MIT
"""Autograd in Python: the graph as tutorials walk it, backward and grad, modes, hooks, and that nothing leaks."""
import gc
import threading
import unittest
import warnings
import weakref

from . import ROOT  # noqa: F401

import cutaway as torch
from cutaway import _exchange
from cutaway._library import lib


class Balanced(unittest.TestCase):
    """Ends with as many tensors, nodes and held functions as it began with."""

    def setUp(self):
        gc.collect()
        self.before = lib.live_tensors(), lib.live_nodes(), len(_exchange._held)

    def tearDown(self):
        gc.collect()
        self.assertEqual((lib.live_tensors(), lib.live_nodes(), len(_exchange._held)), self.before)


def leaf(*values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


class Graph(Balanced):
    def test_a_tutorials_walk(self):
        w, b = leaf(1, 2), leaf(3)
        loss = (w * 2 + b).sum()
        names, waiting = [], [loss.grad_fn]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            names.append(type(node).__name__)
            waiting += [each for each, _ in node.next_functions]
        self.assertEqual(names[0][:11], "SumBackward")
        self.assertEqual(names[1:], ["AddBackward0", "AccumulateGrad", "MulBackward0", "AccumulateGrad"])
        add = loss.grad_fn.next_functions[0][0]
        self.assertIs(add.next_functions[1][0].variable, b)
        self.assertIs(add.next_functions[0][0].next_functions[0][0].variable, w)
        self.assertEqual(add.next_functions[0][0].next_functions[1], (None, 0))
        for result in (2 + w, 2 * w):  # the number is the second input, as in PyTorch
            self.assertIs(result.grad_fn.next_functions[0][0].variable, w)
        self.assertEqual(add.name(), "AddBackward0")
        self.assertRegex(repr(add), r"^<AddBackward0 object at 0x[0-9a-f]+>$")
        end = add.next_functions[1][0]
        self.assertEqual(end.name(), "torch::autograd::AccumulateGrad")
        self.assertRegex(repr(end), r"^<AccumulateGrad object at 0x[0-9a-f]+>$")

    def test_a_number_on_the_left_is_no_first_input(self):
        x = leaf(1.0, 2.0)
        for result, name, inputs in ((2 + x, "AddBackward0", 2), (2 - x, "RsubBackward1", 1),
                                     (2 * x, "MulBackward0", 2), (2 ** x, "PowBackward2", 1)):
            self.assertEqual(result.grad_fn.name(), name)
            self.assertEqual(len(result.grad_fn.next_functions), inputs)
            self.assertIsNotNone(result.grad_fn.next_functions[0][0])
        refused = 2 % x
        self.assertEqual(refused.grad_fn.name(), "torch::autograd::NotImplemented")
        with self.assertRaisesRegex(RuntimeError, "derivative for aten::remainder is not implemented"):
            refused.sum().backward()

    def test_a_node_is_one_object(self):
        x = leaf(1, 2, 3)
        a, b, c = x.unbind(0)
        self.assertIs(a.grad_fn, c.grad_fn)
        self.assertEqual((a.output_nr, b.output_nr, c.output_nr), (0, 1, 2))
        self.assertIs((a + b).grad_fn.next_functions[1][0], a.grad_fn)
        self.assertEqual((a + b).grad_fn.next_functions[1][1], 1)
        self.assertIsNone(x.grad_fn)
        self.assertFalse(hasattr(a.grad_fn, "variable"))

    def test_what_a_node_saves(self):
        x = leaf(1, 2)
        y = x.pow(2)
        self.assertIs(y.grad_fn._saved_self, x)
        self.assertIn("_saved_self", dir(y.grad_fn))
        y = x.exp()
        saved = y.grad_fn._saved_result
        self.assertTrue(saved.equal(y))
        self.assertIsNot(saved, y)
        self.assertIs(saved.grad_fn, y.grad_fn)
        z = x * 2
        self.assertIsNone(z.grad_fn._saved_self)
        self.assertEqual(z.grad_fn._saved_other.item(), 2)
        rows, columns = x.reshape(1, 2)[torch.tensor([0]), torch.tensor([1])].grad_fn._saved_indices
        self.assertEqual((rows.item(), columns.item()), (0, 1))
        with self.assertRaisesRegex(AttributeError, "'ExpBackward0' object has no attribute '_saved_self'"):
            y.grad_fn._saved_self
        y.sum().backward()
        with self.assertRaisesRegex(RuntimeError, "directly access saved tensors after they have already been freed"):
            y.grad_fn._saved_result

    def test_a_node_outlives_its_tensor(self):
        node = (leaf(2) * 3).exp().grad_fn
        self.assertEqual(node.next_functions[0][0].name(), "MulBackward0")

    def test_metadata_of_the_graph(self):
        x = leaf(1, 2)
        self.assertGreater((x * 2).exp().grad_fn._sequence_nr(), (x * 2).grad_fn._sequence_nr() - 3)
        y = x * 2
        y.grad_fn.metadata["note"] = "kept"
        self.assertEqual(y.grad_fn.metadata, {"note": "kept"})


class Backward(Balanced):
    def test_backward_adds_to_leaves(self):
        x = leaf(1, 2)
        (x * x).sum().backward()
        (x * 3).backward(torch.ones(2, dtype=torch.float64))
        self.assertEqual(x.grad.tolist(), [5, 7])

    def test_arguments_of_backward(self):
        x, w = leaf(2), leaf(3)
        y = (x * w).exp().sum()
        y.backward(retain_graph=True, inputs=[w])
        self.assertIsNone(x.grad)
        y.backward(inputs=x)
        self.assertIsNotNone(x.grad)
        with self.assertRaisesRegex(RuntimeError, "Trying to backward through the graph a second time"):
            y.backward()
        with self.assertRaisesRegex(RuntimeError, "`inputs` argument to `backward\\(\\)` cannot be empty."):
            y.backward(inputs=[])
        with self.assertRaisesRegex(RuntimeError, "grad can be implicitly created only for scalar outputs"):
            leaf(1, 2).exp().backward()
        with self.assertRaisesRegex(RuntimeError, r"Mismatch in shape: grad_output\[0\] has a shape of "
                                                  r"torch.Size\(\[3\]\) and output\[0\] has a shape of "
                                                  r"torch.Size\(\[1\]\)."):
            leaf(1).exp().backward(torch.ones(3))
        with self.assertRaisesRegex(RuntimeError, "element 0 of tensors does not require grad"):
            torch.ones(1).backward()

    def test_several_roots(self):
        x = leaf(1, 2)
        torch.autograd.backward([x.sum(), x * 2], [None, torch.ones(2, dtype=torch.float64)])
        self.assertEqual(x.grad.tolist(), [3, 3])
        with self.assertRaisesRegex(RuntimeError, "got 2 tensors and 1 gradients"):
            torch.autograd.backward([x.sum(), x.sum()], [None])

    def test_grad(self):
        x, unused = leaf(1, 2), leaf(5)
        y = (x ** 3).sum()
        first, = torch.autograd.grad(y, x, create_graph=True)
        second, = torch.autograd.grad(first.sum(), x)
        self.assertEqual((first.tolist(), second.tolist(), x.grad), ([3, 12], [6, 12], None))
        z = x.exp().sum()
        with self.assertRaisesRegex(RuntimeError, "The differentiated Tensor at index 1 appears to not have been used"):
            torch.autograd.grad(z, [x, unused], retain_graph=True)
        self.assertIsNone(torch.autograd.grad(z, [x, unused], retain_graph=True, allow_unused=True)[1])
        self.assertEqual(torch.autograd.grad(z, [x, unused], materialize_grads=True)[1].tolist(), [0])
        with self.assertRaisesRegex(RuntimeError, "One of the differentiated Tensors does not require grad"):
            torch.autograd.grad(x.sum(), torch.ones(2))

    def test_threads_walk_at_once(self):
        x = leaf(1, 2)

        def work():
            for _ in range(50):
                (x * 2).sum().backward()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        self.assertEqual(x.grad.tolist(), [400, 400])


class Leaves(Balanced):
    def test_flags(self):
        x = leaf(1, 2)
        y = x * 2
        self.assertEqual((x.is_leaf, y.is_leaf, y.requires_grad, y.detach().requires_grad), (True, False, True, False))
        with self.assertRaisesRegex(RuntimeError, "you can only change requires_grad flags of leaf variables."):
            y.requires_grad = False
        with self.assertRaisesRegex(RuntimeError, "only Tensors of floating point"):
            torch.ones(2, dtype=torch.int64).requires_grad_()

    def test_retain_grad(self):
        x = leaf(1, 2)
        y = x * 2
        self.assertFalse(y.retains_grad)
        y.retain_grad()
        (y * y).sum().backward()
        self.assertTrue(y.retains_grad)
        self.assertEqual((y.grad.tolist(), x.grad.tolist()), ([4, 8], [8, 16]))
        with self.assertRaisesRegex(RuntimeError, "can't retain_grad on Tensor that has requires_grad=False"):
            torch.ones(1).retain_grad()

    def test_grad_of_a_computed_tensor_warns(self):
        with self.assertWarnsRegex(UserWarning, "The .grad attribute of a Tensor that is not a leaf Tensor"):
            self.assertIsNone((leaf(1) * 2).grad)

    def test_detach_in_place(self):
        y = leaf(1, 2) * 2
        self.assertIs(y.detach_(), y)
        self.assertTrue(y.is_leaf and not y.requires_grad)
        with self.assertRaisesRegex(RuntimeError, "Can't detach views in-place. Use detach\\(\\) instead."):
            (leaf(1, 2) * 2)[0].detach_()

    def test_data_has_its_own_version(self):
        x = leaf(1, 2)
        y = x.exp()
        y.data.mul_(0)
        y.sum().backward()  # nobody noticed
        self.assertEqual(x.grad.tolist(), [0, 0])
        self.assertEqual(y._version, 0)


class Modes(Balanced):
    def test_as_contexts(self):
        x = leaf(1)
        with torch.no_grad():
            self.assertFalse((x * 2).requires_grad or torch.is_grad_enabled())
            with torch.enable_grad():
                self.assertTrue((x * 2).requires_grad)
            with torch.set_grad_enabled(True):
                self.assertTrue(torch.is_grad_enabled())
        self.assertTrue(torch.is_grad_enabled())
        torch.set_grad_enabled(False)
        self.assertFalse(torch.is_grad_enabled())
        torch.set_grad_enabled(True)

    def test_as_decorators(self):
        x = leaf(1)

        @torch.no_grad()
        def with_brackets():
            return (x * 2).requires_grad

        @torch.no_grad
        def without():
            return (x * 2).requires_grad

        @torch.set_grad_enabled(False)
        def switched():
            return (x * 2).requires_grad

        @torch.inference_mode()
        def inference():
            return (x * 2).is_inference()

        @torch.no_grad()
        def counting():
            for _ in range(2):
                yield torch.is_grad_enabled()
        self.assertEqual((with_brackets(), without(), switched(), inference()), (False, False, False, True))
        self.assertEqual(with_brackets.__name__, "with_brackets")
        self.assertTrue(torch.is_grad_enabled())
        for inside in counting():
            self.assertEqual((inside, torch.is_grad_enabled()), (False, True))

    def test_an_error_leaves_the_mode(self):
        with self.assertRaises(KeyError), torch.no_grad():
            raise KeyError
        self.assertTrue(torch.is_grad_enabled())

    def test_inference_mode(self):
        x = leaf(1, 2)
        with torch.inference_mode():
            y = x * 2
            self.assertTrue(torch.is_inference_mode_enabled() and y.is_inference())
            with torch.inference_mode(False):
                self.assertTrue((x * 2).requires_grad)
        self.assertFalse(torch.is_inference_mode_enabled() or x.is_inference())
        with self.assertRaisesRegex(RuntimeError, "Inference tensors do not track version counter."):
            y._version
        with self.assertRaisesRegex(RuntimeError, "Inference tensors cannot be saved for backward"):
            x * y

    def test_a_mode_is_the_threads_own(self):
        seen = []
        with torch.no_grad():
            thread = threading.Thread(target=lambda: seen.append(torch.is_grad_enabled()))
            thread.start()
            thread.join()
        self.assertEqual(seen, [True])


class Hooks(Balanced):
    def test_a_hook_sees_and_changes(self):
        x = leaf(1, 2)
        seen = []
        y = x * 2
        y.register_hook(lambda grad: seen.append(grad.tolist()))
        y.register_hook(lambda grad: grad * 10)
        y.register_hook(lambda grad: seen.append(grad.tolist()))
        y.sum().backward()
        self.assertEqual((seen, x.grad.tolist()), ([[1, 1], [10, 10]], [20, 20]))

    def test_handles(self):
        x = leaf(1)
        seen = []
        handle = x.register_hook(lambda grad: seen.append("removed"))
        handle.remove()
        handle.remove()
        with x.register_hook(lambda grad: seen.append("inside")):
            (x * 2).backward()
        (x * 2).backward()
        self.assertEqual(seen, ["inside"])

    def test_after_accumulation_gets_the_leaf_itself(self):
        x = leaf(1)
        seen = []
        number = id(x)
        handle = x.register_post_accumulate_grad_hook(lambda p: seen.append((id(p) == number, p.grad.tolist())))
        (x * 2).backward()
        handle.remove()
        (x * 2).backward()
        self.assertEqual(seen, [(True, [2])])
        with self.assertRaisesRegex(RuntimeError, "post accumulate grad hooks cannot be registered on non-leaf"):
            (x * 2).register_post_accumulate_grad_hook(print)

    def test_hooks_of_nodes(self):
        x = leaf(1, 2)
        seen = []
        y = x * 2
        node = y.grad_fn
        node.register_prehook(lambda outs: (outs[0] * 5,))
        node.register_hook(lambda ins, outs: seen.append((ins[0].tolist(), ins[1], outs[0].tolist())))
        node.register_hook(lambda ins, outs: (ins[0] * 0, None))
        del node
        y.sum().backward()
        self.assertEqual((seen, x.grad.tolist()), ([([10, 10], None, [5, 5])], [0, 0]))

    def test_a_hook_outlives_the_tensors_object(self):
        x = leaf(1)
        seen = []
        y = x * 2
        y.register_hook(lambda grad: seen.append(grad.item()))
        z = y * 3
        del y
        z.backward()
        self.assertEqual(seen, [3])

    def test_wrong_results(self):
        x = leaf(1, 2)
        for result, kind, text in ((3, TypeError, "expected Variable, but hook returned 'int'"),
                                   (torch.ones(3, dtype=torch.float64), RuntimeError,
                                    "hook '<lambda>' has changed the size of value")):
            y = x * 2
            y.register_hook(lambda grad, result=result: result)
            with self.assertRaisesRegex(kind, text):
                y.sum().backward()
        y = x * 2
        y.grad_fn.register_hook(lambda ins, outs: (ins[0],))
        with self.assertRaisesRegex(RuntimeError, "hook '<lambda>' has returned an incorrect number of values "
                                                  r"\(got 1, but expected 2\)"):
            y.sum().backward()
        with self.assertRaisesRegex(RuntimeError, "cannot register a hook on a tensor that doesn't require gradient"):
            torch.ones(1).register_hook(print)

    def test_an_exception_reaches_the_caller_as_it_is(self):
        class Own(Exception):
            pass
        raised = Own("text", 3)

        def hook(grad):
            raise raised
        x = leaf(1)
        y = x * 2
        y.register_hook(hook)
        with self.assertRaises(Own) as caught:
            y.backward()
        self.assertIs(caught.exception, raised)
        for error in (KeyboardInterrupt, StopIteration, SystemExit):
            y = x * 2
            y.register_hook(lambda grad: (_ for _ in ()).throw(error) if error is not StopIteration else next(iter(())))
            with self.assertRaises(error):
                y.backward()
        (x * 3).backward()  # all is well again
        raised.__traceback__ = None

    def test_backward_inside_a_hook(self):
        x, w = leaf(2), leaf(3)
        y = x * 2

        def hook(grad):
            self.assertFalse(torch.is_grad_enabled())  # only with create_graph
            with torch.enable_grad():
                (w * grad).backward()
        y.register_hook(hook)
        y.backward()
        self.assertEqual((x.grad.tolist(), w.grad.tolist()), ([2], [1]))

    def test_hooks_are_freed_with_their_graph(self):
        class Kept:
            pass
        kept = Kept()
        alive = weakref.ref(kept)
        y = leaf(1) * 2
        y.register_hook(lambda grad, kept=kept: None)
        del kept
        gc.collect()
        self.assertIsNotNone(alive())
        del y
        gc.collect()
        self.assertIsNone(alive())


class SavedTensors(Balanced):
    def test_pack_and_unpack(self):
        x = leaf(1, 2)
        log = []

        def pack(tensor):
            log.append("pack")
            return tensor.tolist()

        def unpack(packed):
            log.append("unpack")
            return torch.tensor(packed, dtype=torch.float64)
        with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
            y = x.exp()
        y.sum().backward()
        self.assertEqual(log, ["pack", "unpack"])
        self.assertEqual(x.grad.tolist(), y.tolist())

    def test_save_on_cpu(self):
        x = leaf(1, 2)
        for pin_memory in (False, True):
            with torch.autograd.graph.save_on_cpu(pin_memory=pin_memory):
                y = x * x.detach()
            kept = y.grad_fn._saved_other
            self.assertTrue(kept.equal(x))
            self.assertEqual(kept.data_ptr() == x.data_ptr(), not pin_memory)
            y.sum().backward()

    def test_errors_pass(self):
        x = leaf(1)
        with self.assertRaises(ZeroDivisionError), torch.autograd.graph.saved_tensors_hooks(lambda t: 1 / 0, None):
            x.exp()
        with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: 3):
            y = x.exp()
        with self.assertRaisesRegex(TypeError, "expected to be a Tensor but got result of type int"):
            y.backward()

    def test_checkpoint(self):
        from cutaway.utils.checkpoint import checkpoint, checkpoint_sequential
        x = leaf(1, 2)
        calls = []

        def block(a, scale, *, shift):
            calls.append(1)
            return (a.sin() * scale).exp() + shift, "as it is"
        y, text = checkpoint(block, x, 2.0, shift=1, use_reentrant=False)
        self.assertEqual((len(calls), text), (1, "as it is"))
        y.sum().backward()
        self.assertEqual(len(calls), 2)
        twin = leaf(1, 2)
        block(twin, 2.0, shift=1)[0].sum().backward()
        self.assertEqual(x.grad.tolist(), twin.grad.tolist())
        z = checkpoint_sequential([torch.sin, torch.exp, torch.tanh], 2, x, use_reentrant=False)
        self.assertEqual(z.tolist(), x.sin().exp().tanh().tolist())

    def test_a_checkpointed_function_that_changes(self):
        from cutaway.utils.checkpoint import CheckpointError, checkpoint
        x = leaf(1, 2)
        y = checkpoint(lambda a: (a * a.sin()).tanh(), x, use_reentrant=False)
        x.requires_grad_(False)  # so that the second run saves nothing
        with self.assertRaisesRegex(CheckpointError, "A different number of tensors was saved"):
            y.sum().backward()
        self.assertTrue(issubclass(CheckpointError, RuntimeError))


if __name__ == "__main__":
    unittest.main()
