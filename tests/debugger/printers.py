#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Do the debuggers show what there is? Runs gdb, and lldb where it is installed, on builds of specimens.cpp.

At each stop every object must be shown as the comments of specimens.cpp say; and the same again from a core
file of the program, in which nothing can be called. Before they are made, objects must be shown as anything
but an error.

    python3 tests/debugger/printers.py build/debug/bin/specimens build/bin/specimens
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "tests/debugger/specimens.cpp"
FEWEST = 60  # objects in the source
ANSWER = "=== answer"  # echoed before each
TIME_LIMIT = 300


def read_source():
    """What is to be asked: for each function in turn, (name, text to be shown) of its objects."""
    text = SOURCE.read_text()
    stops = []
    for body in re.findall(r"^void \w+\(\) \{\n(.*?)^\}", text, re.M | re.S):
        comments = re.findall(r"^ *// p (\S+) = (.*(?:\n *//(?! p ).*)*)", body, re.M)
        stops.append([(name, re.sub(r"\n *// *", " ", shown)) for name, shown in comments])
    if sum(map(len, stops)) < FEWEST or not all(stops):
        sys.exit(f"expected {FEWEST} objects or more in {SOURCE}, found {[len(stop) for stop in stops]}")
    return stops


class Gdb:
    name = "gdb"
    options = ["-q", "-batch", "-nx", "-iex", "set debuginfod enabled off", "-ex", "set width 0"]
    load = f"source {ROOT}/debugger/cutaway_gdb.py"
    frame = "up"

    def walk(self, stops, core):
        """Commands that ask for everything at each stop, and leave a core file at the last."""
        lines = [self.load, "break stop_here"]
        for i, stop in enumerate(stops):
            lines += ["continue" if i else "run", *self.questions(stop)]
        return lines + [f"generate-core-file {core}"]

    def before(self, function, stop):
        return [self.load, f"break {function}", "run", *self.questions(stop, None)]

    def questions(self, stop, frame="up"):
        lines = [frame] if frame else []
        for name, _ in stop:
            lines += [f"echo {ANSWER} {name}\\n", f"print {name}"]
        return lines

    def run(self, lines, *program):
        options = [part for line in lines for part in ("-ex", line)]
        return output_of(["gdb", *self.options, *options, *program])

    def answer(self, said):
        """"$3 = (const cutaway::Tensor &) text" -> "text"."""
        return re.sub(r"^\$\d+ = (\([^()]*[&*]\) )?(@0x[0-9a-f]+: )?", "", said)


def output_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIME_LIMIT,
                          stdin=subprocess.DEVNULL)
    return done.stdout


def answers(output):
    """What was said of each object: [(name, text)]."""
    parts = re.split(rf"^{ANSWER} (\S+)$", output, flags=re.M)
    return list(zip(parts[1::2], (part.strip().split("\n")[0] for part in parts[2::2])))


def main():
    gdb = Gdb()
    stops = read_source()
    out = gdb.run(gdb.walk(stops, "/tmp/core.x"), sys.argv[1])
    for (name, said), (_, want) in zip(answers(out), sum(stops, [])):
        got = re.sub(r"\b0x[0-9a-f]+", "0x...", gdb.answer(said))
        if got != want:
            print(name, "\n   got", got, "\n  want", want)
    print(out)


if __name__ == "__main__":
    main()
