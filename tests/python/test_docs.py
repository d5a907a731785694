# SPDX-License-Identifier: MIT
"""help(cutaway.gather) says what the C++ header says."""
import importlib.util
import pathlib
import unittest

from . import ROOT

import cutaway
from cutaway import _docs, _functions

spec = importlib.util.spec_from_file_location("write_op_docs", ROOT / "python/write_op_docs.py")
write_op_docs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(write_op_docs)


class Docs(unittest.TestCase):
    def test_every_public_op_has_a_contract_and_python_shows_it(self):
        in_headers = write_op_docs.read_headers()
        lacking = []
        for name, function in _functions.functions.items():
            contract = in_headers.get(name, "")
            if len(contract) < 12 or " " not in contract:
                lacking.append(name)
                continue
            self.assertIn(contract, function.__doc__)
            self.assertIn("PyTorch counterpart: torch.", function.__doc__)
        self.assertEqual(lacking, [], "ops without a `///` contract above their declaration in tensor/*.h")

    def test_the_schema_comes_first(self):
        self.assertTrue(cutaway.exp.__doc__.startswith("exp(Tensor self) -> Tensor\n"))
        self.assertEqual(cutaway.exp.__doc__, cutaway.Tensor.exp.__doc__)

    def test_comments_of_a_header(self):
        text = ("/// Adds, and\n/// more.\nTensor add(const Tensor& a);\n"
                "Tensor add(const Scalar& b,\n           int c);\nconst Tensor& add_(const Tensor& a);\n"
                "\nTensor bare(int x);\n/// Own.\nstd::tuple<Tensor, Tensor> two(int);\n")
        self.assertEqual(list(write_op_docs.contracts_in(text)),
                         [("add", "Adds, and more."), ("add", "Adds, and more."), ("add_", "Adds, and more."),
                          ("two", "Own.")])

    def test_without_the_file_there_are_the_schemas(self):
        contracts, _docs._contracts = _docs._contracts, {}
        try:
            overloads = _functions._group(_functions.read_catalogue())["exp"]
            self.assertEqual(_docs.text_of("exp", overloads),
                             "exp(Tensor self) -> Tensor\n\nPyTorch counterpart: torch.exp")
        finally:
            _docs._contracts = contracts


class Sources(unittest.TestCase):
    def test_licence_and_line_length(self):
        for path in sorted([*(ROOT / "python").rglob("*.py"), *(ROOT / "tests/python").glob("*.py")]):
            lines = path.read_text(encoding="utf-8").splitlines()
            self.assertEqual(lines[0], "# SPDX-License-Identifier: MIT", path)
            for number, line in enumerate(lines, 1):
                self.assertLessEqual(len(line), 120, f"{path}:{number}")
            self.assertLessEqual(len(lines), 500, path)


if __name__ == "__main__":
    unittest.main()
