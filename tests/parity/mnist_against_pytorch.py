#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Same numbers as PyTorch: build/bin/mnist_mlp and PyTorch train the same network side by side.

    make build/bin/mnist_mlp
    python3 tests/parity/mnist_against_pytorch.py [--program PATH] [--write-fixture]

Compares, with seed 0 and batches of 64:
  - the initial weights, bit for bit;
  - the losses of the first 100 steps of SGD (lr 0.1) over the images in their order, within 1e-5;
  - the same of Adam over shuffled images, within 1e-4. Shuffled otherwise they would differ at once.
The images are MNIST from $CUTAWAY_DATA/mnist, or noise where that is not there. Exit status 1 where
a bound is broken; without PyTorch it says "skipped" and exits 0.

--write-fixture writes tests/fixtures/mnist_parity.txt for tests/examples/mnist_parity_test.cpp, which
holds the library to the same numbers without PyTorch. It needs $CUTAWAY_DATA/mnist. A line of it is

    crc NAME VALUE         CRC-32 of the initial weights' bytes, in the order of net.parameters()
    bits NAME HEX...       first elements of a parameter, as the bits of float32
    losses NAME VALUE...   one per step
"""
import argparse
import gzip
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import zlib

try:
    import torch
    from torch import nn
except ImportError:
    print("skipped: PyTorch is not installed")
    sys.exit(0)

torch.set_num_threads(1)  # more threads may sum in another order
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STEPS = 100
BATCH = 64
RECIPES = {  # name: (shuffle, bound of the difference, flags of the program)
    "sgd": (False, 1e-5, ["--optimizer", "sgd", "--lr", "0.1", "--no-shuffle"]),
    "adam": (True, 1e-4, ["--optimizer", "adam", "--lr", "0.001"]),
}


# ---- Files ----


def read_idx(folder, name):
    """The array in an IDX file of bytes (io/data/idx.h has the format)."""
    path = folder / (name + ".gz")
    data = gzip.open(path).read() if path.exists() else (folder / name).read_bytes()
    rank = data[3]
    sizes = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return torch.frombuffer(bytearray(data[4 + 4 * rank :]), dtype=torch.uint8).reshape(sizes)


def write_noise(folder):
    """The four files of MNIST, with images that mean nothing."""
    source = random.Random(0)
    for half, count in [("train", 64 * 110 + 8), ("t10k", 500)]:
        header = struct.pack(">BBBB3I", 0, 0, 8, 3, count, 28, 28)
        (folder / f"{half}-images-idx3-ubyte").write_bytes(header + source.randbytes(count * 784))
        labels = bytes(source.randrange(10) for _ in range(count))
        header = struct.pack(">BBBBI", 0, 0, 8, 1, count)
        (folder / f"{half}-labels-idx1-ubyte").write_bytes(header + labels)


def read_model(path):
    """The tensors model.* of a checkpoint (io/checkpoint_layout.h has the format), float32 only."""
    data = path.read_bytes()
    assert data[:8] == b"\x89CUT\r\n\x1a\n" and struct.unpack_from("<I", data, 8) == (1,)
    (contents_bytes,) = struct.unpack_from("<Q", data, 24)
    data_start = (64 + contents_bytes + 63) // 64 * 64
    at = 64

    def take(format):
        nonlocal at
        values = struct.unpack_from("<" + format, data, at)
        at += struct.calcsize("<" + format)
        return values if len(values) > 1 else values[0]

    def take_string():
        return take(f"{take('I')}s").decode()

    notes, count = take("II")
    for _ in range(2 * notes):
        take_string()
    model = {}
    for _ in range(count):
        name, dtype, rank = take_string(), *take("BB")
        sizes = [take("Q") for _ in range(rank)]
        offset, nbytes, crc = take("QQI")
        elements = data[data_start + offset : data_start + offset + nbytes]
        assert zlib.crc32(elements) == crc, f"{path}: {name} is damaged"
        if name.startswith("model."):
            assert dtype == 4, f"{path}: {name} is not float32"
            tensor = torch.frombuffer(bytearray(elements), dtype=torch.float32).reshape(sizes)
            model[name.removeprefix("model.")] = tensor
    return model


# ---- Training, here and there ----


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(784, 256)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(256, 10)

    def forward(self, x):
        return self.fc2(self.relu(self.fc1(self.flatten(x))))


def make_optimizer(recipe, net):
    if recipe == "sgd":
        return torch.optim.SGD(net.parameters(), lr=0.1)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


def train(net, recipe, images, labels, steps):
    """The losses of the first steps of one epoch."""
    optimizer = make_optimizer(recipe, net)
    dataset = torch.utils.data.TensorDataset(images, labels)
    loader = torch.utils.data.DataLoader(dataset, batch_size=BATCH, shuffle=RECIPES[recipe][0])
    losses = []
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) == steps:
            break
    return losses


def run_program(program, flags, folder, out):
    command = [program, "--seed", "0", "--batch-size", str(BATCH), "--data", folder, "--out", out, *flags]
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def load_digits(folder):
    images = read_idx(folder, "train-images-idx3-ubyte").unsqueeze(1).float() / 255
    return images, read_idx(folder, "train-labels-idx1-ubyte").long()


def compare(program, folder, out):
    """Prints the table; returns whether all bounds are kept."""
    images, labels = load_digits(folder)
    kept = True
    for recipe, (_, bound, flags) in RECIPES.items():
        run_program(program, [*flags, "--epochs", "0"], folder, out)
        model = read_model(out / "mnist_mlp.ckpt")
        run_program(program, [*flags, "--epochs", "1", "--losses", out / "losses.txt"], folder, out)
        ours = [float(line) for line in (out / "losses.txt").read_text().split()]

        torch.manual_seed(0)
        net = Net()
        initial = {name: tensor.clone() for name, tensor in net.state_dict().items()}
        theirs = train(net, recipe, images, labels, STEPS)
        assert len(ours) == (len(images) + BATCH - 1) // BATCH and len(theirs) == STEPS

        same = list(model) == list(initial) and all(
            torch.equal(model[name].view(torch.int32), initial[name].view(torch.int32))
            for name in initial)
        differences = [abs(a - b) for a, b in zip(ours, theirs)]
        largest = max(differences)
        kept = kept and same and largest <= bound

        print(f"\n{recipe}: {' '.join(flags)}")
        print(f"  initial weights: {'same bits' if same else 'DIFFERENT'}")
        print("  step    Cutaway      PyTorch      difference")
        for step in [1, 2, 3, 5, 10, 20, 50, 100]:
            print(f"  {step:4}    {ours[step - 1]:.9f}  {theirs[step - 1]:.9f}  {differences[step - 1]:.1e}")
        print(f"  largest difference in {STEPS} steps: {largest:.2e} (bound {bound:.0e}: "
              f"{'kept' if largest <= bound else 'BROKEN'})")
    return kept


# ---- The fixture ----


def write_fixture(folder):
    torch.manual_seed(0)
    parameters = dict(Net().named_parameters())
    everything = b"".join(p.detach().numpy().tobytes() for p in parameters.values())
    lines = [f"# Written by tests/parity/mnist_against_pytorch.py with PyTorch {torch.__version__}.",
             f"crc initial {zlib.crc32(everything)}"]
    for name, parameter in parameters.items():
        bits = parameter.detach().reshape(-1)[:128].view(torch.int32).tolist()
        lines.append(f"bits {name} " + " ".join(f"{b & 0xFFFFFFFF:08x}" for b in bits))

    def add(name, recipe, images, labels):
        torch.manual_seed(0)
        losses = train(Net(), recipe, images, labels, STEPS)
        lines.append(f"losses {name}.{recipe} " + " ".join(f"{loss:.9g}" for loss in losses))

    torch.manual_seed(1)
    count = STEPS * BATCH
    # Centred, since images that are all bright make SGD magnify rounding: PyTorch itself then gives
    # losses that differ by 2e-3 with one thread and with two.
    noise = torch.rand(count, 1, 28, 28) - 0.5, torch.randint(10, (count,))
    digits = load_digits(folder)
    for recipe in RECIPES:
        add("noise", recipe, *noise)
        add("mnist", recipe, *digits)
    path = ROOT / "tests/fixtures/mnist_parity.txt"
    path.write_text("\n".join(lines) + "\n")
    print(f"wrote {path.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(description="Holds mnist_mlp to PyTorch's numbers.")
    parser.add_argument("--program", default=ROOT / "build/bin/mnist_mlp")
    parser.add_argument("--write-fixture", action="store_true")
    arguments = parser.parse_args()

    mnist = pathlib.Path(os.environ.get("CUTAWAY_DATA", ROOT / "data")) / "mnist"
    found = mnist.is_dir()
    if arguments.write_fixture:
        if not found:
            sys.exit("--write-fixture needs MNIST: set CUTAWAY_DATA to the folder that holds mnist/")
        write_fixture(mnist)
        return
    if not pathlib.Path(arguments.program).exists():
        sys.exit(f"{arguments.program} is not there; build it first: make build/bin/mnist_mlp")
    with tempfile.TemporaryDirectory() as temporary:
        folder = mnist
        if not found:
            folder = pathlib.Path(temporary) / "noise"
            folder.mkdir()
            write_noise(folder)
        print(f"PyTorch {torch.__version__}; " + ("MNIST" if found else "noise, as there is no MNIST"))
        kept = compare(arguments.program, folder, pathlib.Path(temporary) / "out")
    print("\nsame numbers as PyTorch" if kept else "\nNOT the numbers of PyTorch")
    sys.exit(0 if kept else 1)


main()
