# SPDX-License-Identifier: MIT
"""Tests of the Python package: `make python-test`. NumPy's and PyTorch's cases are skipped where they are missing."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "python"))
