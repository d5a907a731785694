#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Would the tests notice a wrong gradient? Makes one small mistake at a time and looks whether they do.

    make mutation ARGS='[--sample N] [--seed S] [--file PART] [--only NAME] [--jobs N] [--list]'

A mutant is one of the files autograd/derivatives_*.cpp (and reduced.cpp, inplace_view.cpp) with one token
changed: + and -, * and /, == and != exchanged, a sign or a factor dropped, the operands of a quotient, a
difference or a power exchanged, another index in needs(i) and grads[i], another constant, min for max (see
mutations.py). Each is compiled at -O0, linked with the objects of `make MODE=quick`, and run: first the
gradients of the rows that the file serves, all gradients, the other tests of autograd, all tests. The first test
that fails or crashes has killed it; one that hangs, too, but is counted apart. Before the mutants comes
a file as it is, with the same flags: it has to pass, or every mutant would seem to be killed.

Nothing in the tree is changed: mutants live in build/mutation. The survivors are printed; those in survivors.txt
change nothing that could be observed, and the reason stands there. The exit status is 0 where at least 95% of
the mutants that compile were killed, or known to be equivalent.

PyTorch counterpart: none.
"""
import argparse
import collections
import concurrent.futures
import glob
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from mutations import Mutation, mutations_of  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "build/mutation"
QUICK = ROOT / "build/quick"
FLAGS = ["-std=c++20", "-pthread", "-fPIC", "-fvisibility=hidden", "-fno-math-errno", "-fno-trapping-math", "-O0", "-w",
         "-iquote", str(ROOT / "autograd")]
WANTED = 0.95
HANG = "a hang"
SECONDS = 180  # of the processor's time: a test that takes longer hangs


def sources():
    return [*sorted(glob.glob("autograd/derivatives_*.cpp", root_dir=ROOT)), "autograd/reduced.cpp",
            "autograd/inplace_view.cpp"]


class Mutant:
    """One file with one change. Its name stays while the file does: `derivatives_nn:41:12 ...`."""

    def __init__(self, path, text, mutation):
        self.path, self.text, self.mutation = path, text, mutation
        before = text[:mutation.start]
        self.line_number = before.count("\n") + 1
        self.line = text.splitlines()[self.line_number - 1].strip()
        self.column = mutation.start - before.rfind("\n")
        self.name = f"{path}:{self.line_number}:{self.column}: {mutation.what}"

    def source(self):
        return self.text[:self.mutation.start] + self.mutation.replacement + self.text[self.mutation.end:]

    def key(self):
        """How survivors.txt names it: without the line's number, which changes more often than the line."""
        return pathlib.Path(self.path).stem, self.line, self.mutation.what


def all_mutants(part):
    found = []
    for path in sources():
        if part in path:
            text = (ROOT / path).read_text()
            found += [Mutant(path, text, mutation) for mutation in mutations_of(text)]
    return found


def accepted_survivors():
    """survivors.txt: paragraphs of four lines: file, line, change, reason."""
    text = (pathlib.Path(__file__).parent / "survivors.txt").read_text()
    found = {}
    for paragraph in re.split(r"\n\s*\n", re.sub(r"^#.*\n", "", text, flags=re.M).strip()):
        if paragraph.strip():
            file, line, change, reason = (each.strip() for each in paragraph.strip().split("\n", 3))
            found[file, line, change] = reason
    return found


# ---- Building ----

def run(command, **keywords):
    """(exit status, what it said). Stopped by a signal where it takes too much of the processor's time."""
    done = subprocess.run(["bash", "-c", f'ulimit -t {SECONDS}; exec "$@"', "bash", *command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT, **keywords)
    return done.returncode, done.stdout


def compiler():
    return os.environ.get("CXX", "g++").split()


def prepare():
    """Precompiles the headers that the derivatives include: they are nearly all of the compiler's work."""
    WORK.mkdir(parents=True, exist_ok=True)
    text = "".join((ROOT / path).read_text() for path in sources())
    headers = sorted(set(re.findall(r"^#include .*$", text, re.M)))
    prefix = WORK / "headers.h"
    newest = max(path.stat().st_mtime for folder in ("tensor", "autograd") for path in (ROOT / folder).glob("**/*.h"))
    if pathlib.Path(f"{prefix}.gch").exists() and pathlib.Path(f"{prefix}.gch").stat().st_mtime > newest:
        return
    prefix.write_text("".join(header + "\n" for header in headers))
    status, said = run([*compiler(), *FLAGS, "-x", "c++-header", str(prefix), "-o", f"{prefix}.gch"])
    if status:
        sys.exit(f"the headers do not compile:\n{said}")
    if not (QUICK / "bin/cutaway_tests").exists():
        sys.exit("build the tests first, as make mutation does")


def test_objects():
    folders = ("", "tensor", "autograd", "nn", "optim", "io", "examples")
    tests = [path for folder in folders for path in glob.glob(str(QUICK / "tests" / folder / "*.o"))]
    return tests + glob.glob(str(QUICK / "examples/shared/*.o"))


def build(mutant, name):
    """The test program with the mutant in it: its object comes before the library, whose own is then not taken."""
    source, target, program = WORK / f"{name}.cpp", WORK / f"{name}.o", WORK / name
    source.write_text(mutant.source())
    status, said = run([*compiler(), *FLAGS, "-include", str(WORK / "headers.h"), "-c", str(source), "-o",
                           str(target)])
    if status:
        return None
    linker = ["-fuse-ld=gold"] if shutil.which("ld.gold") else []
    status, said = run([*compiler(), str(target), *test_objects(), str(QUICK / "libcutaway.a"), "-pthread", *linker,
                           "-lgtest", "-lgtest_main", "-o", str(program)])
    if status:
        sys.exit(f"{mutant.name} does not link:\n{said}")
    return program


# ---- Running ----

def rows_of(path):
    """The names of the rows that a file has derivatives of, by their rows in the catalogue."""
    names = set(re.findall(r"\bop::(\w+)", (ROOT / path).read_text()))
    rows = []
    for catalogue in sorted(ROOT.glob("tensor/catalogue_*.cpp")):
        rows += [row for name, row in re.findall(r'\b(\w+)\{"([\w.]+)\(', catalogue.read_text()) if name in names]
    return rows


def stages(path):
    """(filter of the tests, rows of the op table or None), cheapest first; the last is all that is left."""
    rows = rows_of(path)
    gradients = "OpGradient.EqualsPyTorchs:OpGradient.OfEachInputAloneIsTheSame:OpGradient.*FiniteDifferences"
    of_autograd = ":".join(sorted({f"{suite}.*" for test in ROOT.glob("tests/autograd/*_test.cpp")
                                   for suite in re.findall(r"^TEST(?:_F)?\((\w+),", test.read_text(), re.M)
                                   if suite != "OpGradient"}))
    # Rows that are made of these come with all rows.
    return [*([(gradients, ",".join(rows))] if rows else []), (gradients, None), (of_autograd, None),
            (f"*-{of_autograd}:{gradients}", None)]


def killer_of(mutant, program, autograd_only):
    """The first test that fails, or None."""
    for tests, rows in stages(mutant.path)[:-1 if autograd_only else None]:
        environment = dict(os.environ, CUTAWAY_BIN=str(QUICK / "bin"))
        if rows:
            environment["CUTAWAY_ROWS"] = rows
        status, said = run([str(program), "--gtest_fail_fast", "--gtest_brief=1", f"--gtest_filter={tests}"],
                              env=environment)
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return HANG
        if status:
            failed = re.search(r"^\[  FAILED  \] (\S+)", said, re.M)
            return failed[1].rstrip(",") if failed else f"a crash (status {status})"
    return None


def judge(mutant, name, autograd_only):
    """"does not compile", "survived", or what killed it."""
    program = build(mutant, name)
    if program is None:
        return "does not compile"
    verdict = killer_of(mutant, program, autograd_only) or "survived"
    for path in (program, WORK / f"{name}.o", WORK / f"{name}.cpp"):
        path.unlink()
    return verdict


# ---- Report ----

def report(verdicts, accepted):
    """A line per file, the survivors, and the rate."""
    count = collections.Counter()
    for mutant, verdict in verdicts:
        kind = verdict if verdict in ("does not compile", "survived", HANG) else "killed"
        if kind == "survived" and mutant.key() in accepted:
            kind = "equivalent"
        count[mutant.path, kind] += 1
    kinds = ("killed", HANG, "equivalent", "survived", "does not compile")
    print(f"\n{'file':42}" + "".join(f"{kind:>18}" for kind in kinds))
    for path in sorted({mutant.path for mutant, _ in verdicts}):
        print(f"{path:42}" + "".join(f"{count[path, kind]:18}" for kind in kinds))
    total = {kind: sum(count[path, kind] for path in sources()) for kind in kinds}
    alive = total["survived"]
    killed = total["killed"] + total[HANG]
    judged = killed + alive
    print(f"{'all':42}" + "".join(f"{total[kind]:18}" for kind in kinds))
    for mutant, verdict in verdicts:
        if verdict == "survived" and mutant.key() not in accepted:
            print(f"survived  {mutant.name}\n          {mutant.line}")
    rate = killed / judged if judged else 1.0
    print(f"killed={killed} of={judged} rate={rate:.4f} equivalent={total['equivalent']}")
    return rate


def main():
    parser = argparse.ArgumentParser(description="one mistake at a time in the derivatives: do the tests notice?")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn at random over all files")
    parser.add_argument("--seed", type=int, default=0, help="of the drawing (0)")
    parser.add_argument("--file", default="", help="files whose path has this in it")
    parser.add_argument("--only", default=[""], nargs="+", help="mutants with one of these in their printed name")
    parser.add_argument("--jobs", type=int, default=1, help="so many at a time (1)")
    parser.add_argument("--autograd-only", action="store_true", help="leave out the tests that are not autograd's")
    parser.add_argument("--list", action="store_true", help="print the mutants, run none")
    options = parser.parse_args()
    mutants = [each for each in all_mutants(options.file) if any(part in each.name for part in options.only)]
    if options.sample is not None and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    if options.list:
        print("\n".join(f"{each.name}\n    {each.line}" for each in mutants))
        print(f"{len(mutants)} mutants")
        return 0
    prepare()
    path = sources()[0]
    unchanged = Mutant(path, (ROOT / path).read_text(), Mutation(0, 0, "", "unchanged"))
    if (verdict := judge(unchanged, f"unchanged_{os.getpid()}", options.autograd_only)) != "survived":
        sys.exit(f"{unchanged.name}: {verdict}. The tests have to pass first.")
    verdicts = {}

    def run_one(number):
        verdict = judge(mutants[number], f"mutant_{os.getpid()}_{number}", options.autograd_only)
        verdicts[number] = mutants[number], verdict
        print(f"{len(verdicts)}/{len(mutants)} {mutants[number].name}: {verdict}", flush=True)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(run_one, range(len(mutants))))
    return 0 if report([verdicts[number] for number in sorted(verdicts)], accepted_survivors()) >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
