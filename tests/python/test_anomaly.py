# SPDX-License-Identifier: MIT
"""Anomaly mode tells which line of Python an error in backward comes from; hooks on saved tensors can be forbidden."""
import warnings

from .test_autograd import Balanced, leaf

import cutaway as torch


def root_of(x):
    return x.sqrt()  # the line to blame


class Anomaly(Balanced):
    def tearDown(self):
        self.assertFalse(torch.is_anomaly_enabled())
        super().tearDown()

    def refused(self, text, compute):
        """The warnings that come with the error."""
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            with self.assertRaises(RuntimeError) as error:
                compute()
        self.assertIn(text, str(error.exception))
        return [str(each.message) for each in heard]

    def test_a_nan_names_its_line(self):
        x = leaf(-1, 4)

        def compute():
            with torch.autograd.detect_anomaly():
                (root_of(x) * 2).sum().backward()
        slow, report = self.refused("Function 'SqrtBackward0' returned nan values in its 0th output.", compute)
        self.assertTrue(slow.startswith("Anomaly Detection has been enabled. This mode will increase"))
        self.assertTrue(report.startswith("Error detected in SqrtBackward0. Traceback of forward call that caused"))
        self.assertIn("return x.sqrt()  # the line to blame", report.replace("\n    ~", ""))
        self.assertIn("in root_of\n", report)
        self.assertNotIn("cutaway/_", report)  # the user's frames alone

    def test_what_was_recorded_before_is_not_known(self):
        x = leaf(-1, 4)
        y = root_of(x).sum()

        def compute():
            with torch.autograd.set_detect_anomaly(True):
                y.backward()
        self.assertEqual(self.refused("returned nan", compute),
                         ["Error detected in SqrtBackward0. No forward pass information available. Enable detect "
                          "anomaly during forward pass for more information."])

    def test_without_the_search_for_nan(self):
        with torch.autograd.set_detect_anomaly(True, check_nan=False):
            self.assertTrue(torch.is_anomaly_enabled())
            self.assertFalse(torch.is_anomaly_check_nan_enabled())
            x = leaf(-1, 4)
            root_of(x).sum().backward()
            self.assertTrue(x.grad[0].isnan().item())
            y = x.exp()
            y.add_(1)
            report, = self.refused("Hint: the backtrace further above shows the operation", lambda: y.sum().backward())
            self.assertIn("y = x.exp()", report)
        self.assertTrue(torch.is_anomaly_check_nan_enabled())

    def test_a_gradient_of_a_gradient_names_both_lines(self):
        x = leaf(0)

        def compute():
            with torch.autograd.set_detect_anomaly(True):
                first, = torch.autograd.grad((x ** 1.5).sum(), x, create_graph=True)
                second, = torch.autograd.grad(first.sum(), x, create_graph=True)
                torch.autograd.grad((second * 0).sum(), x)
        report, = self.refused("Function 'PowBackward0' returned nan values", compute)
        self.assertIn("Previous calculation was induced by PowBackward0.", report)
        self.assertIn("torch.autograd.grad((x ** 1.5).sum(), x, create_graph=True)", report)

    def test_switched_at_once(self):
        torch.autograd.set_detect_anomaly(True)
        self.assertTrue(torch.is_anomaly_enabled())
        torch.autograd.set_detect_anomaly(False)
        with self.assertRaisesRegex(TypeError, "argument 'check_nan' .position 2. must be bool, not str"):
            torch.autograd.set_detect_anomaly(True, "yes")


class NoSavedTensorsHooks(Balanced):
    def test_hooks_are_refused_inside(self):
        with torch.autograd.graph.disable_saved_tensors_hooks("none here"):
            with self.assertRaisesRegex(RuntimeError, "^none here$"):
                torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x).__enter__()
        with torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x):
            pass

    def test_refused_where_hooks_are_in_use(self):
        @torch.autograd.graph.disable_saved_tensors_hooks("none here")
        def compute():
            self.fail("entered")
        with torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x):
            self.assertRaisesRegex(RuntimeError, "^none here$", compute)
