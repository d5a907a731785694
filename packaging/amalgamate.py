#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the whole library as two files: cutaway.h and cutaway.cpp.

    python3 packaging/amalgamate.py FOLDER          (make amalgamation: build/amalgamation)
    g++ -std=c++20 -O3 -pthread -I. my_program.cpp cutaway.cpp

cutaway.h is what a program includes: all headers behind the umbrella headers below. cutaway.cpp is the other headers
and every source file. An include of our own becomes the file itself, the first time; a header without `#pragma once`,
every time.

What a source file keeps to itself, in an unnamed namespace or static, has a name that no other file uses for something
of its own, so nothing is renamed: the text is that of the folders.
"""
import argparse
import functools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UMBRELLAS = ("tensor/all.h", "autograd/autograd.h", "nn/nn.h", "optim/optim.h", "io/io.h")
FOLDERS = ("tensor", "tensor/cpu", "autograd", "nn", "optim", "io", "io/data", "io/plot")
OWN_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)".*$')
NOT_REPEATED = re.compile(r"^(#pragma once|// SPDX-License-Identifier: .*)$")


@functools.lru_cache(None)
def lines_of(path):
    return path.read_text().splitlines()


class Amalgamation:
    def __init__(self):
        self.sources = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.cpp"))]
        self.written = set()

    def text(self, path):
        """A file with the files that it includes, where it includes them."""
        lines = []
        for line in lines_of(path):
            include = OWN_INCLUDE.match(line)
            if include:
                lines += self.included((path.parent / include[1]).resolve())
            elif not NOT_REPEATED.match(line):
                lines.append(line)
        return lines

    def included(self, path):
        if path in self.written:
            return []
        if "#pragma once" in lines_of(path):
            self.written.add(path)
        return [f"// ==== {path.relative_to(ROOT)}", *self.text(path)]

    def header(self):
        lines = [*banner("cutaway.h"), "#pragma once"]
        for umbrella in UMBRELLAS:
            lines += self.included(ROOT / umbrella)
        return "\n".join(lines) + "\n"

    def source(self):
        lines = [*banner("cutaway.cpp"), '#include "cutaway.h"']
        for path in self.sources:
            lines += self.included(path)
        return "\n".join(lines) + "\n"


def banner(name):
    version = re.search(r'kVersion = "(.*)"', (ROOT / "tensor/version.h").read_text())[1]
    licence = [f"// {line}".rstrip() for line in (ROOT / "LICENSE").read_text().splitlines()]
    return ["// SPDX-License-Identifier: MIT", "//",
            f"// {name}: Cutaway {version} in two files, written by packaging/amalgamate.py.",
            "// To read the library, take its folders.", "//",
            "//     g++ -std=c++20 -O3 -pthread -I. my_program.cpp cutaway.cpp", "//", *licence, ""]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    if folder.resolve() in (ROOT, *(ROOT / name for name in FOLDERS)):
        raise SystemExit(f"{folder} is where the library itself is: give another folder")
    folder.mkdir(parents=True, exist_ok=True)
    amalgamation = Amalgamation()
    for name, text in (("cutaway.h", amalgamation.header()), ("cutaway.cpp", amalgamation.source())):
        (folder / name).write_text(text)
        print(folder / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
