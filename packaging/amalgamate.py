#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the whole library as two files: cutaway.h and cutaway.cpp.

    python3 packaging/amalgamate.py FOLDER          (make amalgamation: build/amalgamation)
    g++ -std=c++20 -O3 -pthread -I. my_program.cpp cutaway.cpp

cutaway.h is what a program includes: all headers behind the umbrella headers below. cutaway.cpp is the other headers
and every source file. An include of our own becomes the file itself, the first time; a header without `#pragma once`,
every time.

Two source files may each have a function `rows` of their own, in one namespace. In one file that would be one name for
two things, so a name that a source file keeps to itself gets the file's name behind it (rows_catalogue_sort) where
another file declares it as well. Apart from that the text is that of the folders.
"""
import argparse
import collections
import functools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UMBRELLAS = ("tensor/all.h", "autograd/autograd.h", "nn/nn.h", "optim/optim.h", "io/io.h")
FOLDERS = ("tensor", "tensor/cpu", "autograd", "nn", "optim", "io", "io/data", "io/plot")
OWN_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)".*$')
NOT_REPEATED = re.compile(r"^(#pragma once|// SPDX-License-Identifier: .*)$")

# A declaration begins in the first column (clang-format sees to it).
FUNCTION = re.compile(r"^(?!return|using|namespace|#|//|})[\w:<>,&*\[\] .]*?[\w>&*] ?[&*]*\b(\w+)\(")
VARIABLE = re.compile(r"^(?:static |inline |constexpr |constinit |const |thread_local )[\w:<>,&*() ]*?\b(\w+)"
                      r"(?:\[\w*\])*(?: =|\{|;)")
TYPE = re.compile(r"^(?:class|struct|enum class|enum) (\w+)\b|^using (\w+) =")
TEMPLATE = re.compile(r"^template <.*?>+ (?=\w)")
TEXT_OR_COMMENT = r'"(?:[^"\\]|\\.)*"|//[^\n]*'


def declared(line):
    """The name that a line declares, and whether it is a function's; two Nones if it declares nothing."""
    line = TEMPLATE.sub("", line)
    for pattern in (TYPE, VARIABLE, FUNCTION):
        found = pattern.match(line)
        if found and not line[0].isspace():
            return found[found.lastindex], pattern is FUNCTION
    return None, None


@functools.lru_cache(None)
def lines_of(path):
    return path.read_text().splitlines()


def namespace_of(path):
    return next((line for line in lines_of(path) if re.match(r"namespace [\w: ]+ \{", line)), None)


def own_names(path):
    """What a source file keeps to itself, in an unnamed namespace or static: name -> the lines that declare it, and
    whether it is a function's."""
    names, unnamed = {}, False
    for place, line in enumerate(lines_of(path)):
        if line == "namespace {":
            unnamed = True
        elif line == "}  // namespace":
            unnamed = False
        elif unnamed or line.startswith("static "):
            name, is_function = declared(line)
            if name:
                names.setdefault(name, ([], is_function))[0].append(place)
    return names


def public_names(path):
    return {declared(line)[0] for line in lines_of(path)} - {None}


def pattern_for(name, is_function):
    """Where a line has the name for what its file has at namespace level: not a member, nor a local variable."""
    if not is_function:
        return rf"(?<![\w.:>]){name}\b"
    return (rf"(?:(?<![\w.:])(?<!->)|(?<=autograd::)){name}\b(?=[(<\[])|"
            rf"(?:(?<=Key::Autograd, )|(?<=[(<{{]&)|(?<=[ =]&)){name}\b")


def with_names(lines, names, suffix):
    """The lines, with `suffix` behind each of the names from the line on that first declares it."""
    found, known, pattern = [], [], None
    for place, line in enumerate(lines):
        new = [pattern_for(name, is_function) for name, (places, is_function) in names.items() if place == places[0]]
        if new:
            known += new
            pattern = re.compile("|".join([TEXT_OR_COMMENT, *known]))
        if pattern:
            line = pattern.sub(lambda match: match[0] if match[0][0] in '"/' else f"{match[0]}_{suffix}", line)
        found.append(line)
    return found


def check_not_public(path, names):
    """A function of its own would be renamed together with a public one of the same name."""
    for place, line in enumerate(lines_of(path)):
        name = declared(line)[0]
        if name in names and place not in names[name][0]:
            raise SystemExit(f"{path}:{place + 1}: {name} is something public, and also what the file keeps to itself: "
                             "call one of them otherwise")


class Amalgamation:
    def __init__(self):
        self.sources = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.cpp"))]
        headers = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.h"))]
        own = {path: own_names(path) for path in self.sources}
        users = collections.Counter(name for names in own.values() for name in names)
        public = collections.defaultdict(set)  # name -> namespaces
        for path in headers:
            for name in public_names(path):
                public[name].add(namespace_of(path))
        self.renamed = {path: {name: where for name, where in names.items()
                               if users[name] > 1 or public[name] - {namespace_of(path)}}
                        for path, names in own.items()}
        for path, names in self.renamed.items():
            check_not_public(path, names)
        self.written = set()

    def text(self, path):
        """A file with the files that it includes, where it includes them."""
        lines = []
        for line in with_names(lines_of(path), self.renamed.get(path, {}), path.stem):
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
