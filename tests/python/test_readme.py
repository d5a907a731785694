# SPDX-License-Identifier: MIT
"""What the README shows in Python is what happens."""
import doctest
import unittest

from . import ROOT


class Readme(unittest.TestCase):
    def test_the_session_of_the_readme(self):
        found = doctest.testfile(str(ROOT / "README.md"), module_relative=False, verbose=False)
        self.assertEqual(found.failed, 0)
        self.assertGreater(found.attempted, 4)


if __name__ == "__main__":
    unittest.main()
