# SPDX-License-Identifier: MIT
"""cutaway.h is C99, and a C program can use the library without Python."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from . import ROOT

import cutaway
from cutaway._library import lib

PROGRAM = r"""
#include "cutaway.h"
#include <stdio.h>
#include <string.h>

int main(void) {
  const double numbers[3] = {0.0, 1.0, 2.0};
  const int64_t sizes[1] = {3};
  int32_t float64 = 0;
  cutaway_tensor *x, *y;
  cutaway_value arguments[3];
  cutaway_value item;
  while (strcmp(cutaway_dtype_name(float64), "float64") != 0) ++float64;
  x = cutaway_tensor_copy_of(numbers, sizes, 1, float64);
  y = cutaway_call_t(cutaway_op_find("exp"), x, NULL, 0);
  if (y == NULL) return 1;
  printf("%s\n", cutaway_tensor_text(y));
  cutaway_tensor_free(y);

  memset(arguments, 0, sizeof arguments);
  arguments[0].tag = CUTAWAY_TENSOR;
  arguments[0].as.tensor = x;
  arguments[1].tag = CUTAWAY_INT;
  arguments[1].as.integer = 0;
  arguments[2].tag = CUTAWAY_INT;
  arguments[2].as.integer = 7;
  y = cutaway_call_1(cutaway_op_find("select.int"), arguments, 3);
  if (y == NULL) y = cutaway_call_1(cutaway_op_find("select"), arguments, 3);
  printf("%s: %d\n", cutaway_error_text(), (int)cutaway_error_type());
  arguments[2].as.integer = 2;
  y = cutaway_index(x, &arguments[2], 1);
  if (cutaway_tensor_item(y, &item) != 0) return 1;
  printf("%g %d\n", item.as.real, (int)cutaway_live_tensors());
  if (cutaway_call_1(NULL, arguments, 3) != NULL) return 1;
  if (cutaway_call_1(cutaway_op_find("exp"), arguments, 3) != NULL) return 1;
  if (cutaway_call_t(cutaway_op_find("exp"), NULL, NULL, 0) != NULL) return 1;
  cutaway_tensor_free(y);
  cutaway_tensor_free(x);
  printf("%d\n", (int)cutaway_live_tensors());
  return 0;
}
"""


@unittest.skipUnless(shutil.which("gcc"), "no gcc")
class Header(unittest.TestCase):
    def compile(self, folder, compiler, *flags):
        source = pathlib.Path(folder, "program.c")
        source.write_text(PROGRAM)
        command = [compiler, "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'python'}", str(source), *flags]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder)

    def test_is_pedantic_c99(self):
        with tempfile.TemporaryDirectory() as folder:
            done = self.compile(folder, "gcc", "-std=c99", "-pedantic", "-c")
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_c_program_runs(self):
        library = ROOT / "python/cutaway/libcutaway.so"
        with tempfile.TemporaryDirectory() as folder:
            done = self.compile(folder, "gcc", "-std=c99", "-pedantic", str(library), f"-Wl,-rpath,{library.parent}",
                                "-o", "program")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            done = subprocess.run([f"{folder}/program"], capture_output=True, text=True)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "tensor([1.0000, 2.7183, 7.3891], dtype=torch.float64)")
        self.assertEqual(lines[1], "select(): index 7 out of range for tensor of size [3] at dimension 0: 2")
        self.assertEqual(lines[2:], ["2 2", "0"])
        self.assertEqual(done.returncode, 0)

    @unittest.skipUnless(shutil.which("nm"), "no nm")
    def test_nothing_else_is_exported(self):
        shown = subprocess.run(["nm", "-D", "--defined-only", str(ROOT / "python/cutaway/libcutaway.so")],
                               capture_output=True, text=True).stdout
        names = {line.split()[-1] for line in shown.splitlines()}
        self.assertEqual({name for name in names if not name.startswith("cutaway_")}, set())
        declared = (ROOT / "python/cutaway.h").read_text()
        self.assertEqual({name for name in names if name + "(" not in declared}, set())

    def test_python_knows_every_function_of_the_header(self):
        import re
        text = re.sub("//.*", "", (ROOT / "python/cutaway.h").read_text())
        declared = set(re.findall(r"\bcutaway_(\w+)\(", text))
        self.assertEqual({name for name in declared if not hasattr(lib, name)}, {"op_find"})

    def test_abi_version(self):
        self.assertIn(f"CUTAWAY_ABI_VERSION = {lib.abi_version()}", (ROOT / "python/cutaway.h").read_text())

    def test_layout_of_values(self):
        from cutaway import _values
        self.assertEqual(len(_values.NOTHING), 16)
        tags = (ROOT / "python/cutaway.h").read_text()
        for name in ("NONE", "INT", "FLOAT", "TENSOR", "DTYPE", "GENERATOR", "INTS", "TENSORS", "TEXT", "SLICE",
                     "ELLIPSIS", "ELSEWHERE"):
            self.assertIn(f"CUTAWAY_{name} = {getattr(_values, name)}", tags)


if __name__ == "__main__":
    unittest.main()
