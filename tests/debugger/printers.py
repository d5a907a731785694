#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Do the debuggers show what there is? Runs gdb, and lldb where it is installed, on builds of specimens.cpp.

At each stop every object must be shown as the comments of specimens.cpp say. In gdb the same holds for a core file
of the program, where nothing can be called; and where a function begins, with most of its objects not made
yet, each is shown as something, and no printer raises.

    python3 tests/debugger/printers.py build/debug/bin/specimens build/bin/specimens build/bin/specimens_by_clang
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "tests/debugger/specimens.cpp"
FEWEST = 85  # objects in the source
TIME_LIMIT = 300


def read_source():
    """What is to be asked: for each function, (name, text to be shown) of its objects."""
    stops = {}
    for function, body in re.findall(r"^void (\w+)\(\) \{\n(.*?)^\}", SOURCE.read_text(), re.M | re.S):
        comments = re.findall(r"^ *// p (\S+) = (.*(?:\n *//(?! p ).*)*)", body, re.M)
        stops[function] = [(name, re.sub(r"\n *// *", " ", shown)) for name, shown in comments]
    if sum(map(len, stops.values())) < FEWEST or not all(stops.values()):
        sys.exit(f"expected {FEWEST} objects or more in {SOURCE}, found {stops}")
    return stops


def output_of(command, **environment):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=TIME_LIMIT, env={**os.environ, **environment}).stdout


class Gdb:
    program = "gdb"
    answer = r"^=== (\S+)$"  # echoed before each
    start, resume, at_stop, at_begin = "run", "continue", "break stop_here", "tbreak {}"

    def question(self, name):
        return [f"echo === {name}\\n", f"print {name}"]

    def run(self, lines, *files):
        lines = ["set width 0", f"source {ROOT}/debugger/cutaway_gdb.py", *lines]
        return output_of(["gdb", "-q", "-batch", "-nx", "-iex", "set debuginfod enabled off", *options(lines, "-ex"),
                          *files])

    def text(self, said):
        """"$3 = (const cutaway::Tensor &) text" -> "text"."""
        return re.sub(r"^\$\d+ = (\([^()]*&\) )?(@0x[0-9a-f]+: )?", "", said.partition("\n")[0])


class Lldb:
    program = "lldb"
    answer = r"^\(lldb\) frame variable (\S+)$"
    start, resume, at_stop, at_begin = "run", "continue", "breakpoint set -n stop_here", "breakpoint set -n {}"

    def question(self, name):
        return [f"frame variable {name}"]

    def run(self, lines, *files):
        lines = [f"command script import {ROOT}/debugger/cutaway_lldb.py", *lines]
        return output_of(["lldb", "--no-lldbinit", "-b", *options(lines, "-o"), *files],
                         PYTHONPATH=lldb_module(), PATH=f"/usr/bin:{os.environ['PATH']}")

    def text(self, said):
        """"(const cutaway::Tensor &) name = text: {" -> "text". A class that lldb has no printer for is shown by
        its members: what counts is that of the base class."""
        base = r"^\(.*?\) \S+ = \{\n +cutaway::(?:v\d+_\d+::)?nn::Module = (?:Module|Net)\("
        said = re.sub(base, "(const Net) net = Net(", said)
        return re.sub(r"^\(.*?\) \S+ = (.*?)(: \{)?$", r"\1", said.partition("\n")[0])


def lldb_module():
    """Where lldb's Python module lies: some of Debian's lldb look for it in the wrong place. (And for their own
    Python in PATH, where a virtual environment's may come first.)"""
    found = sorted(pathlib.Path("/usr/lib").glob("llvm-*/lib/python3*/*-packages/lldb/embedded_interpreter.py"))
    return str(found[-1].parent.parent) if found else os.environ.get("PYTHONPATH", "")


def options(lines, flag):
    return [part for line in lines for part in (flag, line)]


class Session:
    """One debugger on one build of the program."""

    def __init__(self, debugger, program):
        self.debugger, self.files = debugger, [program]
        self.title = f"{debugger.program}, {program}"

    def compare(self, stops, lines, what):
        """Asks for the objects at stops where they are all made: is the answer what the source says?"""
        wanted = [each for stop in stops for each in stop]
        wrong = []
        for (name, text), (_, shown) in zip(self.answers(lines, wanted), wanted):
            text = re.sub(r"\b0x[0-9a-f]+", "0x...", text)
            if not matches(text, shown):
                wrong.append(f"  {name} is shown as\n    {text}\n  and should be\n    {shown}")
        if wrong:
            sys.exit("\n".join([f"{self.title}, {what}:", *wrong]))
        print(f"{self.title}, {what}: {len(wanted)} objects are shown as they are")

    def answers(self, lines, wanted):
        output = self.debugger.run(lines, *self.files)
        parts = re.split(self.debugger.answer, output, flags=re.M)
        names = parts[1::2]
        if names != [name for name, _ in wanted] or re.search("Traceback|Python Exception|RTTI symbol", output):
            sys.exit(f"{self.title} failed:\n{output}")
        return list(zip(names, (self.debugger.text(part.strip()) for part in parts[2::2])))

    def questions(self, stop):
        return [line for name, _ in stop for line in self.debugger.question(name)]

    def check_values(self, stops, more_lines=()):
        lines = [self.debugger.at_stop]
        for i, stop in enumerate(stops):
            lines += [self.debugger.resume if i else self.debugger.start, "up", *self.questions(stop)]
        self.compare(stops, [*lines, *more_lines], "running")

    def check_core(self, stops):
        """Writes a core file at the last stop, and asks that."""
        function, stop = list(stops.items())[-1]
        with tempfile.TemporaryDirectory() as folder:
            core = f"{folder}/core"
            self.check_values(list(stops.values()), [f"generate-core-file {core}"])
            self.files.append(core)
            self.compare([stop], [f"frame function {function}", *self.questions(stop)], "core file")
            self.files.pop()

    def check_unmade(self, stops):
        """Where a function begins: whatever lies in memory, something is said of it."""
        lines = []
        for i, (function, stop) in enumerate(stops.items()):
            lines += [self.debugger.at_begin.format(function), self.debugger.resume if i else self.debugger.start]
            lines += self.questions(stop)
        wanted = [each for stop in stops.values() for each in stop]
        for name, text in self.answers(lines, wanted):
            if not text:
                sys.exit(f"{self.title}: nothing was said of {name}, which is not made yet")
        print(f"{self.title}, not made yet: {len(wanted)} objects do no harm")


def matches(text, shown):
    """The reason why something is not readable is each debugger's own."""
    start = "not readable: "
    return text == shown or (shown.startswith(f"{start}Cannot access memory") and text.startswith(start))


def main():
    stops = read_source()
    for program in sys.argv[1:]:
        check_gdb(program, stops)
        check_lldb(program, stops)


def check_gdb(program, stops):
    if shutil.which("gdb") is None:
        return print("skipped: gdb is not installed")
    session = Session(Gdb(), program)
    session.check_core(stops)
    session.check_unmade(stops)


def check_lldb(program, stops):
    if shutil.which("lldb") is None:
        return print("skipped: lldb is not installed")
    if "debug" not in program and "clang" not in program:
        return print(f"skipped: lldb, {program}: of what g++ has optimised, lldb 14 shows no local variables at all")
    Session(Lldb(), program).check_values(list(stops.values()))


if __name__ == "__main__":
    main()
