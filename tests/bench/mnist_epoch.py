#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PyTorch's side of the MNIST benchmark: one epoch of a 784-256-10 MLP with Adam, batch 64.

    python3 tests/bench/mnist_epoch.py DIR [--threads N] [--style sliced|loader]

DIR holds the MNIST training files (.gz or raw). The time counts from the first byte read to the end
of the epoch; importing torch does not count. Two ways to write the loop:
  sliced   the images in one float tensor, a batch is images[order[i:i+64]]: the fastest we know
  loader   DataLoader over a TensorDataset with shuffle=True: what a tutorial shows
The last line is key=value pairs.
"""
import argparse
import gzip
import os
import resource
import time

import numpy
import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("dir")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--style", choices=["sliced", "loader"], default="sliced")
arguments = parser.parse_args()
torch.set_num_threads(arguments.threads)
torch.manual_seed(0)


def read(name, header):
    path = os.path.join(arguments.dir, name)
    data = gzip.open(path + ".gz").read() if os.path.exists(path + ".gz") else open(path, "rb").read()
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=header).copy())


start = time.perf_counter()
images = read("train-images-idx3-ubyte", 16).view(-1, 784).float().div_(255)
labels = read("train-labels-idx1-ubyte", 8).long()
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def sliced_batches():
    order = torch.randperm(len(images))
    for i in range(0, len(images), 64):
        index = order[i : i + 64]
        yield images[index], labels[index]


if arguments.style == "sliced":
    batches = sliced_batches()
else:
    dataset = torch.utils.data.TensorDataset(images, labels)
    batches = torch.utils.data.DataLoader(dataset, batch_size=64, shuffle=True)
total = 0.0
for x, y in batches:
    optimizer.zero_grad()
    loss = loss_function(model(x), y)
    loss.backward()
    optimizer.step()
    total += loss.item() * len(y)
seconds = time.perf_counter() - start
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"seconds={seconds:.3f} peak_mb={peak_mb:.1f} loss={total / len(images):.4f} "
      f"threads={arguments.threads} style={arguments.style}")
