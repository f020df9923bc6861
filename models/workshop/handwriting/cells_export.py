#!/usr/bin/env python3
"""Writes the cell net as ocr/boxes/cell_net.cpp reads it: batch norm folded, half precision.

    models/workshop/handwriting/cells_export.py --checkpoint cells.pt... --out models/handwriting/cells.net
    models/workshop/handwriting/cells_export.py --fixture tests/ocr/cell

Of several checkpoints of one training the mean of their weights: quieter than any of them.
--fixture: a tiny net of random weights, painted cells and what PyTorch makes of them: the C++ must agree.
"""
import argparse
import hashlib
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
from torch import nn

import model_file
from cells import LETTERS, SIDE, CellNet, net_of

KIND = "vaguemestre-cells 1"


def folded(conv, norm):
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * gain[:, None, None, None], norm.bias - norm.running_mean * gain


@torch.no_grad()
def export(net, path):
    """conv OUT IN POOL (3 x 3, padded), whole OUT IN SIDE (all that is left), linear OUT IN (scores)."""
    header, numbers = [f"letters {len(LETTERS)}"], model_file.letters(LETTERS)
    layers = list(net.seen)
    for i, layer in enumerate(layers):
        if not isinstance(layer, nn.Conv2d):
            continue
        weight, bias = folded(layer, layers[i + 1])
        pool = 2 if i + 3 < len(layers) and isinstance(layers[i + 3], nn.MaxPool2d) else 1
        header.append(f"conv {weight.shape[0]} {weight.shape[1]} {pool}")
        numbers += model_file.halves(weight) + model_file.halves(bias)
    weight, bias = folded(net.whole[0], net.whole[1])
    header.append(f"whole {weight.shape[0]} {weight.shape[1]} {weight.shape[2]}")
    numbers += model_file.halves(weight) + model_file.halves(bias)
    header.append(f"linear {net.letters.weight.shape[0]} {net.letters.weight.shape[1]}")
    numbers += model_file.halves(net.letters.weight) + model_file.halves(net.letters.bias)
    checksum = model_file.write(path, KIND, header, numbers)
    return f"{path}: {Path(path).stat().st_size} bytes, checksum {checksum}, sha256 {hashlib.sha256(Path(path).read_bytes()).hexdigest()}"


@torch.no_grad()
def write_fixture(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    net = CellNet((3, 5, 6, 7), 9).eval()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.3, 0.3)
            module.running_var.uniform_(0.3, 1.5)
            module.weight.uniform_(0.5, 2.0)
            module.bias.uniform_(-0.3, 0.3)
    export(net, folder / "tiny.net")
    for layers in (net.seen, net.whole):  # the numbers as the file holds them
        for i, layer in enumerate(layers):
            if isinstance(layer, nn.Conv2d):
                weight, bias = folded(layer, layers[i + 1])
                norm = layers[i + 1]
                layer.weight.copy_(weight.half().float())
                norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
                norm.bias.copy_(bias.half().float() + norm.running_mean)
    for weight in net.letters.parameters():
        weight.copy_(weight.half().float())
    cells = (np.random.default_rng(5).random((5, 1, SIDE, SIDE)) ** 2 * 255).astype(np.uint8)
    (folder / "cells.bytes").write_bytes(cells.tobytes())
    scores = net(torch.from_numpy(cells.astype(np.float32) / 255)).log_softmax(1).numpy()
    (folder / "cells.scores").write_bytes(scores.astype("<f4").tobytes())


def mean_of(files):
    saved = [torch.load(file, map_location="cpu") for file in files]
    weights = {name: sum(one["weights"][name] for one in saved) / len(saved) if last.is_floating_point() else last
               for name, last in saved[-1]["weights"].items()}
    return net_of({**saved[-1], "weights": weights})


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--checkpoint", nargs="+")
    ask.add_argument("--out")
    ask.add_argument("--fixture")
    args = ask.parse_args()
    if args.fixture:
        write_fixture(args.fixture)
    if args.checkpoint:
        print(export(mean_of(args.checkpoint).eval(), args.out))


if __name__ == "__main__":
    main()
