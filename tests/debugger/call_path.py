#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Walks the README's tour in gdb: from `a * b` to the loop, and from `loss.backward()` to the leaf.

The table of stops is read from README.md, so it cannot rot: for each row the commands of the column "in gdb" are
given to one session with call_path, followed by `run` or `continue` where they set a breakpoint; then the
function and the file of the frame must be those of the column "you are in". The other files that a row links must
exist. Last, the frames between the operator and the kernel are counted: as many as the README says.

    python3 tests/debugger/call_path.py build/debug/bin/call_path
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine".split())}
STOP = "=== stop"  # echoed between the stops
FEWEST_STOPS = 8


class Stop:
    """A row of the table."""

    def __init__(self, number, commands, place, seen):
        self.number = int(number)
        self.commands = re.findall(r"`([^`]+)`", commands)
        self.function, = re.findall(r"`([^`]+)`", place)
        self.file, = re.findall(r"\]\(([^)]+)\)", place)
        self.links = re.findall(r"\]\(([^)]+)\)", place + seen)
        self.frames = [NUMBERS[word] for word in re.findall(r"(\w+) frames below `a \* b`", seen)]


def read_stops():
    text = (ROOT / "README.md").read_text()
    table = re.search(r"^\| stop \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)
    if not table:
        sys.exit("README.md has no table of stops")
    stops = [Stop(*(cell.strip() for cell in row.strip("|").split(" | "))) for row in table[1].splitlines()]
    if [each.number for each in stops] != list(range(1, len(stops) + 1)) or len(stops) < FEWEST_STOPS:
        sys.exit(f"expected stops 1 to {FEWEST_STOPS} or more in README.md, found {[each.number for each in stops]}")
    for stop in stops:
        for link in stop.links:
            if not (ROOT / link).exists():
                sys.exit(f"stop {stop.number} links {link}, which is not there")
    return stops


def script(stops):
    """What gdb is told."""
    lines, resume = [], "run"
    for stop in stops:
        for command in stop.commands:
            lines.append(command)
            if command.startswith(("break", "tbreak")):
                lines.append(resume)
                resume = "continue"
        lines += [f"echo {STOP} {stop.number}\\n", "frame"]
        if stop.frames:
            lines.append("backtrace")
    return lines


def walk(stops, program):
    """What gdb said at each stop, by its number."""
    options = [part for line in script(stops) for part in ("-ex", line)]
    done = subprocess.run(["gdb", "-q", "-batch", "-nx", "-iex", "set debuginfod enabled off",
                           "-iex", "set breakpoint pending off", "-ex", "set print frame-arguments none",
                           "-ex", "set width 0", *options, program],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    parts = re.split(rf"^{STOP} (\d+)$", done.stdout, flags=re.M)
    said = dict(zip(map(int, parts[1::2]), parts[2::2]))
    if sorted(said) != [stop.number for stop in stops]:
        sys.exit(f"gdb reached stops {sorted(said)}:\n{done.stdout}")
    return said, done.stdout


def frames_of(text):
    """The frames in what gdb printed: (function, file)."""
    text = re.sub(r"\bcutaway::v\d+_\d+::", "cutaway::", text)  # the version's inline namespace
    found = re.findall(r"^#\d+\s+(?:0x[0-9a-f]+ in )?(.*) at (\S+):\d+$", text, re.M)
    # "Op<Tensor (...)>::operator()(Tensor const&) const (this=..., args#0=...)" -> "Op<...>::operator()"
    def shortened(call):
        call = re.sub(r"<.*>", "<...>", re.sub(r" \([^()]*\)( const)?$", "", call))
        return re.sub(r"\([^()]+\)( const)?$", "", call)
    return [(shortened(call), path) for call, path in found]


def check(stop, said, everything):
    frames = frames_of(said)
    if not frames:
        sys.exit(f"no frame at stop {stop.number}:\n{everything}")
    function, path = frames[0]
    print(f"stop {stop.number}: {function}  {path}")
    if not function.endswith(stop.function) or not path.endswith(stop.file):
        sys.exit(f"the README says that stop {stop.number} is {stop.function} in {stop.file}")
    for wanted in stop.frames:
        # The first frame is printed twice, by `frame` and by `backtrace`.
        names = [name for name, _ in frames[1:]]
        below = next((i for i, name in enumerate(names) if "operator*" in name), None)
        if below != wanted:
            sys.exit(f"the README says {wanted} frames below a * b, found {below}: {names}")
        print(f"        {below} frames below a * b")


def main():
    if shutil.which("gdb") is None:
        print("skipped: gdb is not installed")
        return
    stops = read_stops()
    said, everything = walk(stops, sys.argv[1])
    for stop in stops:
        check(stop, said[stop.number], everything)
    print(f"call path: {len(stops)} stops, as the README says")


if __name__ == "__main__":
    main()
