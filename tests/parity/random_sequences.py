#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds sequences of random calls against PyTorch, live: every value, dtype, shape, stride and error
text, and every byte of the generators' states after each call.

    make random-check                                   500 sequences
    python3 tests/parity/random_sequences.py PROGRAM [--count N] [--first SEED] [--verbose] [--draws N]

Sequence number S is made from the seed S alone, so `--first S --count 1 --verbose` repeats one that
failed. With --draws, one more sequence calls each op once per dtype with N elements. PROGRAM is the
built random_sequences.cpp; the notation of a call is that of tests/random_calls.h. Older versions of
PyTorch drew bernoulli_(p) and exponential_ from Intel's MKL on Intel's processors; the check then
says so and leaves them out.
"""
import argparse
import collections
import pathlib
import random
import re
import subprocess
import sys
import warnings

try:
    import torch
except ImportError:
    print("random-check: skipped, PyTorch is not installed")
    sys.exit(0)

sys.path.append(str(pathlib.Path(__file__).parent.parent / "fixtures"))
import op_fixtures

warnings.simplefilter("ignore")
DTYPES = op_fixtures.DTYPES
REAL = [name for name in ("f32", "f64", "f16", "bf16") if name in DTYPES]
WHOLE = [name for name in ("u8", "i8", "i16", "i32", "i64") if name in DTYPES]
SCHEMAS = op_fixtures.read_schemas()
TENSOR = re.compile(r"(\w+)\[([\d,]*)\]([tso]*)(?:\*(.+))?$")


# ---- One call in PyTorch ----

def laid_out(sizes, dtype, letters):
    if not letters:
        return torch.empty(sizes, dtype=dtype)
    letters, letter = letters[:-1], letters[-1]
    if letter == "t":
        return laid_out(sizes[::-1], dtype, letters).permute(*reversed(range(len(sizes))))
    if letter == "s":
        return laid_out(sizes[:-1] + [2 * sizes[-1]], dtype, letters)[..., ::2]
    return laid_out([sizes[0] + 1] + sizes[1:], dtype, letters)[1:]


def tensor_of(dtype, sizes, letters, scale):
    sizes = [int(size) for size in sizes.split(",") if size]
    result = laid_out(sizes, DTYPES[dtype], letters)
    if scale is None:
        return result.zero_()
    index = torch.arange(result.numel()).reshape(sizes)
    return result.copy_(((37 * index + 11) % 101).double() / 101 * float(scale))


class Session:
    """What tests/random_calls.cpp does, with PyTorch."""

    def __init__(self):
        self.generators = {"default": torch.default_generator}
        self.forks = []

    def generator(self, name):
        return self.generators.setdefault(name, torch.Generator())

    def value(self, token):
        if token[0] == "[":
            return [int(part) for part in token[1:-1].split(",") if part]
        if match := TENSOR.match(token):
            return tensor_of(*match.groups())
        if token in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[token]
        if token in DTYPES:
            return DTYPES[token]
        if token[0] == "g" or token == "default":
            return self.generator(token)
        return float(token) if re.search(r"[.en]", token) else int(token)

    def run(self, line):
        """The results of a call."""
        name, *words = line.split()
        if name == "seed":
            self.generator(words[0]).manual_seed(int(words[1]))
        elif name == "state":
            self.generator(words[1]).set_state(self.generator(words[0]).get_state())
        elif name == "clone":
            self.generator(words[1]).set_state(self.generator(words[0]).clone_state().get_state())
        elif name == "fork":
            self.forks.append(torch.random.fork_rng(devices=[]))
            self.forks[-1].__enter__()
        elif name == "join":
            self.forks.pop().__exit__(None, None, None)
        elif name.startswith("init."):
            return [getattr(torch.nn.init, name[5:])(*map(self.value, words))]
        else:
            return op_fixtures.outputs_of(
                op_fixtures.call(name, SCHEMAS[name], [self.value(word) for word in words]))
        return []


def hex_of(tensor):
    dense = tensor.detach().clone(memory_format=torch.contiguous_format).reshape(-1)
    return dense.view(torch.uint8).numpy().tobytes().hex() if dense.numel() else ""


def answer(session, line, states):
    """What the program should write for one line."""
    try:
        for result in session.run(line):
            name = str(result.dtype).removeprefix("torch.")
            lists = [str(list(shape)) for shape in (result.shape, result.stride())]
            yield f"= {name} {lists[0]} {lists[1]} {hex_of(result)}"
    except (RuntimeError, IndexError, TypeError, ValueError, NotImplementedError) as error:
        yield f"! {type(error).__name__} " + str(error).split("\n")[0]
    for name in ("default", "g1", "g2"):
        state = session.generator(name).get_state().numpy().tobytes().hex()
        if states.get(name) != state:
            states[name] = state
            yield f"state {name} {state}"


# ---- Making sequences ----

class Maker:
    """A sequence of calls, decided by one seed."""

    def __init__(self, seed, mkl):
        self.pick = random.Random(seed)
        self.mkl = mkl

    def sizes(self, most=3):
        kind = self.pick.randrange(12)
        if kind == 0:
            return [self.pick.choice([0, 1, 15, 16, 17, 100, 1000])]
        if kind == 1:
            return self.pick.choice([[], [0, 3], [3, 0], [1, 1]])
        return [self.pick.randint(1, 9 if dims else 40) for dims in range(self.pick.randint(1, most))]

    def tensor(self, dtypes, sizes=None, scale=""):
        sizes = self.sizes() if sizes is None else sizes
        letters = "".join(c for c in "sto" if sizes and self.pick.random() < 0.2)
        return f"{self.pick.choice(dtypes)}[{','.join(map(str, sizes))}]{letters}{scale}"

    def generator(self):
        return self.pick.choice(["None", "None", "default", "g1", "g2"])

    def number(self, low, high):
        return self.pick.choice([round(self.pick.uniform(low, high), 4), self.pick.randint(int(low), int(high))])

    def whole_range(self, dtype):
        limits = {"bool": (0, 2), "u8": (0, 256), "i8": (-128, 128), "i16": (-2**15, 2**15), "i32": (-2**31, 2**31),
                  "f16": (-2000, 2000), "bf16": (-250, 250), "f32": (-2**24, 2**24)}
        low, high = limits.get(dtype, (-2**61, 2**61))
        if self.pick.random() < 0.5:
            low, high = max(low, -10), min(high, 50)
        bounds = sorted(self.pick.randint(low, high) for _ in range(2))
        return bounds if self.pick.random() < 0.97 else bounds[::-1]  # sometimes an error

    def call(self):
        pick, g = self.pick, self.generator()
        every = REAL + WHOLE + ["bool"]
        dtype = pick.choice(["None"] + REAL)
        sizes = str(self.sizes()).replace(" ", "")
        p = pick.choice([0, 1, 0.5, 0.1, 0.25, round(pick.random(), 4)])
        rates = [1, 0.3, 9, 30, 1000] if dtype != "f16" else [1, 9, 30]
        low, high = self.whole_range(dtype := pick.choice(every))
        shaped = self.tensor([dtype])
        calls = {
            "uniform_": lambda: f"{self.tensor(REAL)} {self.number(-5, 0)} {self.number(1, 9)} {g}",
            "normal_": lambda: f"{self.tensor(REAL)} {self.number(-2, 2)} {self.number(0, 3)} {g}",
            "random_": lambda: f"{self.tensor(every)} {g}",
            "random_.to": lambda: f"{shaped} {max(high, 1)} {g}",
            "random_.from": lambda: f"{shaped} {low} {pick.choice([high, high, 'None'])} {g}",
            "bernoulli_.float": lambda: f"{self.tensor(every)} {p} {g}",
            "bernoulli_.Tensor": lambda: self.bernoulli_tensor(every, g),
            "exponential_": lambda: f"{self.tensor(REAL)} {pick.choice([1, 0.5, 3.7])} {g}",
            "geometric_": lambda: f"{self.tensor(REAL + WHOLE)} {pick.choice([0.5, 0.1, 0.9, 0.003])} {g}",
            "log_normal_": lambda: f"{self.tensor(REAL)} {self.number(-2, 2)} {pick.choice([1, 0.25, 2.5])} {g}",
            "cauchy_": lambda: f"{self.tensor(REAL)} {self.number(-2, 2)} {pick.choice([1, 0.25, 2.5])} {g}",
            "rand": lambda: f"{sizes} {pick.choice(['None'] + REAL)} {g}",
            "randn": lambda: f"{sizes} {pick.choice(['None'] + REAL)} {g}",
            "randint": lambda: f"{max(high, 1)} {sizes} {dtype} {g}",
            "randint.low": lambda: f"{low} {high} {sizes} {dtype} {g}",
            "randperm": lambda: f"{pick.choice([0, 1, 2, 30, 127, 1000, 3000])} {pick.choice(every + ['None'])} {g}",
            "rand_like": lambda: f"{self.tensor(REAL)} {pick.choice(['None'] + REAL)} {g}",
            "randn_like": lambda: f"{self.tensor(REAL)} {pick.choice(['None'] + REAL)} {g}",
            "randint_like": lambda: f"{shaped} {max(high, 1)} None {g}",
            "randint_like.low_dtype": lambda: f"{shaped} {low} {high} None {g}",
            "randint_like.Tensor": lambda: f"{self.tensor(every)} i64[]*{pick.choice([20, 100])} i64 {g}",
            "normal.Tensor_float": lambda: f"{self.tensor(REAL, scale='*3')} {self.number(0, 3)} {g}",
            "normal.float_Tensor": lambda: f"{self.number(-3, 3)} {self.tensor(REAL, scale='*3')} {g}",
            "normal.Tensor_Tensor": lambda: self.normal_tensors(g),
            "normal.float_float": lambda: f"{self.number(-3, 3)} {self.number(0, 3)} {sizes} {pick.choice(['None'] + REAL)} {g}",
            "bernoulli": lambda: f"{self.tensor(REAL, scale='*1')} {g}",
            "bernoulli.p": lambda: f"{self.tensor(every)} {p} {g}",
            "poisson": lambda: f"{self.tensor(REAL, scale=f'*{pick.choice(rates)}')} {g}",
            "multinomial": lambda: self.multinomial(g),
            "dropout": lambda: self.dropout(),
            "feature_dropout": lambda: self.dropout(),
            "alpha_dropout": lambda: self.dropout(),
            "feature_alpha_dropout": lambda: self.dropout(),
            "dropout_": lambda: self.dropout(),
            "feature_dropout_": lambda: self.dropout(),
            "alpha_dropout_": lambda: self.dropout(),
            "feature_alpha_dropout_": lambda: self.dropout(),
            "init.trunc_normal_": lambda: self.trunc_normal(g),
        }
        if self.mkl:
            calls = {name: make for name, make in calls.items() if not re.match(
                "bernoulli_.float|bernoulli.p|exponential|multinomial|.*dropout", name)}
        name = pick.choice(list(calls))
        return f"{name} {calls[name]()}"

    def bernoulli_tensor(self, dtypes, g):
        sizes = self.sizes()
        cut = self.pick.randint(0, len(sizes))
        p = [1 if self.pick.random() < 0.2 else size for size in sizes[cut:]]
        return f"{self.tensor(dtypes, sizes)} {self.tensor(REAL, p, '*1')} {g}"

    def normal_tensors(self, g):
        sizes = self.sizes()
        other = sizes[self.pick.randint(0, len(sizes)):]
        pair = [self.tensor(REAL, sizes, "*2"), self.tensor(REAL, other, "*2")]
        if self.pick.random() < 0.5:
            pair.reverse()
        return f"{pair[0]} {pair[1]} {g}"

    def multinomial(self, g):
        sizes = [self.pick.randint(1, 100)]
        if self.pick.random() < 0.5:
            sizes.insert(0, self.pick.randint(1, 5))
        if self.pick.random() < 0.1:
            sizes[-1] = 1000
        replace = self.pick.random() < 0.5
        samples = self.pick.randint(1, sizes[-1] + (20 if replace else 0))
        return f"{self.tensor(REAL, sizes, '*1')} {samples} {replace} {g}"

    def dropout(self):
        p = self.pick.choice([0.1, 0.5, 0.5, 0.3333, 0, 1, 1.5])
        return f"{self.tensor(REAL, scale='*2')} {p} {self.pick.random() < 0.9}"

    def trunc_normal(self, g):
        a = round(self.pick.uniform(-3, 2), 3)
        return f"{self.tensor(REAL)} {self.number(-1, 1)} {self.pick.choice([0.02, 0.5, 1, 2])} {a} {a + 1.5:.3f} {g}"

    def lines(self):
        seeds = [0, 42, self.pick.randrange(2**64), self.pick.randrange(2**32)]
        lines = [f"seed {name} {self.pick.choice(seeds)}" for name in ("default", "g1", "g2")]
        depth = 0
        for _ in range(self.pick.randint(8, 25)):
            kind = self.pick.random()
            if kind < 0.03:
                lines.append(f"seed {self.pick.choice(['default', 'g1'])} {self.pick.choice(seeds)}")
            elif kind < 0.06:
                lines.append(f"{self.pick.choice(['state', 'clone'])} {' '.join(self.pick.sample(['default', 'g1', 'g2'], 2))}")
            elif kind < 0.09:
                lines.append("fork")
                depth += 1
            elif kind < 0.15 and depth:
                lines.append("join")
                depth -= 1
            else:
                lines.append(self.call())
        return lines + ["join"] * depth


def large_calls(n):
    """One call of each distribution and dtype with n elements."""
    yield "seed default 1"
    for dtype in REAL:
        for call in ["uniform_ {} -0.3 0.9", "normal_ {} 0.5 2.3", "exponential_ {} 1.3", "geometric_ {} 0.02",
                     "log_normal_ {} 0.1 0.7", "cauchy_ {} 0.5 1.7", "bernoulli_.float {} 0.3", "random_ {}",
                     "bernoulli {}*1", "poisson {}*30", "normal.Tensor_Tensor {}*3 {}*3"]:
            yield call.replace("{}", f"{dtype}[{n}]") + " None"
            yield call.replace("{}", f"{dtype}[{n}]s") + " None"
        yield f"dropout {dtype}[{n}]*2 0.1 True"
        yield f"multinomial {dtype}[1000]*1 {n} True None"
        yield f"multinomial {dtype}[{min(n, 2**24)}]*1 100 False None"
        yield f"init.trunc_normal_ {dtype}[{n}] 0 1 -2 2 None"
        yield f"init.trunc_normal_ {dtype}[{n}] 0 1 1.5 4 None"
    for dtype in WHOLE + ["bool"]:
        yield f"random_ {dtype}[{n}] None"
        yield f"random_.from {dtype}[{n}] 0 2 None"
        yield f"bernoulli_.float {dtype}[{n}] 0.3 None"
    yield f"geometric_ i32[{n}] 0.001 None"
    yield f"random_.from i64[{n}] -5 {2**40} None"
    yield f"randperm {n} None None"


def uses_mkl():
    """Whether bernoulli_ and exponential_ draw a single number and leave the rest to MKL."""
    generator = torch.Generator().manual_seed(0)
    torch.empty(4).bernoulli_(0.5, generator=generator)
    return generator.get_state()[16] != 8


# ---- Holding them side by side ----

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--draws", type=int, default=0)
    options = parser.parse_args()
    if torch.backends.cpu.get_cpu_capability() not in ("AVX2", "AVX512"):
        sys.exit("random-check: PyTorch must run with AVX2 or AVX512")
    mkl = uses_mkl()
    if mkl:
        print("random-check: PyTorch draws from MKL here: without bernoulli_(p), exponential_ and what needs them")

    program = subprocess.Popen([options.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(line):
        program.stdin.write(line + "\n")
        program.stdin.flush()
        lines = []
        for got in iter(program.stdout.readline, ".\n"):
            if not got:
                sys.exit(f"random-check: {options.program} ended at: {line}")
            lines.append(got.rstrip("\n"))
        return lines

    calls, values, failed = collections.Counter(), collections.Counter(), 0
    sequences = {seed: Maker(seed, mkl).lines() for seed in range(options.first, options.first + options.count)}
    if options.draws:
        sequences["large"] = list(large_calls(options.draws))
    for seed, lines in sequences.items():
        session, states = Session(), {}
        ask("begin")
        for number, line in enumerate(lines):
            expected, got = list(answer(session, line, states)), ask(line)
            if options.verbose:
                print(f"{seed}.{number}: {line}", "" if got == expected else "  <-- differs")
            name = line.split()[0]
            calls[name] += 1
            values[name] += sum(text.count(" ") and len(text.split()[-1]) // 2 for text in got if text[0] == "=")
            if got == expected:
                continue
            failed += 1
            print(f"sequence {seed}, call {number} differs: {line}")
            for e, g in zip(expected + [""] * len(got), got + [""] * len(expected)):
                if e != g:
                    where = next((i for i, (x, y) in enumerate(zip(e, g)) if x != y), min(len(e), len(g)))
                    start = max(0, where - 20)
                    print(f"   character {where}\n   PyTorch {e[:40]} ... {e[start:where + 30]}\n"
                          f"   Cutaway {g[:40]} ... {g[start:where + 30]}")
                    break
            break
    program.stdin.close()
    program.wait()
    for name in sorted(calls):
        print(f"  {name:24} {calls[name]:6} calls {values[name]:9} bytes")
    print(f"random-check: {len(sequences)} sequences, {sum(calls.values())} calls, "
          f"{sum(values.values())} bytes of values, {failed} sequences differ")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
