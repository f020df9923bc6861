#!/usr/bin/env python3
"""Turns a checkpoint of train.py into what ocr/hand/hand_net.cpp reads: batch norm folded, half precision.

    models/workshop/handwriting/export.py --checkpoint reader.pt --out models/handwriting/lines.net
    models/workshop/handwriting/export.py --fixture tests/ocr/hand

--keep FILE also writes the weights alone in half precision: small enough to commit, and what
`train.py --restart` goes on from. --fixture writes a tiny net of random weights, a painted line, and what
PyTorch and `to_ink` make of them: the C++ must agree.
"""
import argparse
import hashlib
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
from PIL import Image
from torch import nn

import lines as paper
import model_file
from net import Reader

KIND = "vaguemestre-hand 1"


def folded(conv, norm):
    """Convolution and batch norm as one convolution with a bias."""
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * gain[:, None, None, None], norm.bias - norm.running_mean * gain


def stages(columns):
    """(conv, norm, pool) in order, however they are nested."""
    flat = [m for m in columns.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d))]
    found = []
    for module in flat:
        if isinstance(module, nn.Conv2d):
            found.append([module, None, 1])
        elif isinstance(module, nn.BatchNorm2d):
            found[-1][1] = module
        else:
            found[-1][2] = module.kernel_size
    return found


@torch.no_grad()
def export(net, alphabet, path, certainty=None):
    header, numbers = [f"letters {len(alphabet)}"], model_file.letters(alphabet)
    if certainty:
        header.append("certainty " + " ".join(certainty.split(",")))
    for conv, norm, pool in stages(net.columns):
        weight, bias = folded(conv, norm)
        o, i, high, wide = weight.shape
        header.append(f"conv {o} {i} {high} {wide} {conv.stride[0]} {conv.stride[1]} {conv.padding[0]} {conv.padding[1]} {pool}")
        numbers += model_file.halves(weight) + model_file.halves(bias)
    memory = net.memory
    for layer in range(memory.num_layers):
        inputs = getattr(memory, f"weight_ih_l{layer}").shape[1]
        header.append(f"lstm {inputs} {memory.hidden_size}")
        for way in ("", "_reverse"):
            for name in ("weight_ih", "weight_hh"):
                numbers += model_file.halves(getattr(memory, f"{name}_l{layer}{way}"))
            numbers += model_file.halves(getattr(memory, f"bias_ih_l{layer}{way}") + getattr(memory, f"bias_hh_l{layer}{way}"))
    header.append(f"linear {net.letters.weight.shape[0]} {net.letters.weight.shape[1]}")
    numbers += model_file.halves(net.letters.weight) + model_file.halves(net.letters.bias)
    return model_file.write(path, KIND, header, numbers)


def at_half_precision(net):
    """The weights as the file will hold them, so that both sides compute with the same numbers."""
    with torch.no_grad():
        for conv, norm, _ in stages(net.columns):
            weight, bias = folded(conv, norm)
            conv.weight.copy_(weight.half().float())
            norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
            norm.bias.copy_(bias.half().float() + norm.running_mean)
        for name, weight in net.memory.named_parameters():
            if name.startswith("bias_ih"):
                other = getattr(net.memory, name.replace("_ih", "_hh"))
                weight.copy_((weight + other).half().float())
                other.zero_()
            elif name.startswith("weight"):
                weight.copy_(weight.half().float())
        for weight in net.letters.parameters():
            weight.copy_(weight.half().float())


def keep(saved, path):
    weights = {k: v.half() if v.is_floating_point() else v for k, v in saved["weights"].items()}
    kept = {k: v for k, v in saved.items() if k not in ("weights", "optimiser")}
    torch.save({**kept, "weights": weights}, path)


class Tiny(nn.Module):
    """The reader's shape with few weights."""

    def __init__(self, characters):
        super().__init__()

        def block(i, o, kernel, stride):
            return nn.Sequential(nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU())

        self.columns = nn.Sequential(block(1, 3, 5, 2), block(3, 5, 3, 1), nn.MaxPool2d(2), block(5, 6, 3, (2, 1)),
                                     nn.Conv2d(6, 7, (5, 3), 1, (0, 1), bias=False), nn.BatchNorm2d(7), nn.ReLU())
        self.memory = nn.LSTM(7, 16, 2, bidirectional=True)
        self.letters = nn.Linear(32, characters + 1)

    def forward(self, pictures):
        seen = self.columns(pictures)
        return self.letters(self.memory(seen[:, :, 0].permute(2, 0, 1))[0])


def painted_line(high, wide, dice):
    """Grey paper with slanted strokes and noise."""
    y, x = np.mgrid[0:high, 0:wide].astype(np.float64)
    grey = 215 + 12 * np.sin(x / 40) + dice.normal(0, 4, (high, wide))
    for _ in range(wide // 9):
        at, lean, thick = dice.uniform(0, wide), dice.uniform(-0.6, 0.6), dice.uniform(0.7, 2.2)
        top, foot = sorted(dice.uniform(0.1, 0.95, 2) * high)
        distance = np.abs(x - at - lean * (high - y))
        grey -= np.where((y > top) & (y < foot), 150 * np.exp(-((distance / thick) ** 2)), 0)
    return np.clip(grey, 0, 255).astype(np.uint8)


@torch.no_grad()
def write_fixture(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    dice = np.random.default_rng(7)
    alphabet = " ',aeinrstué"
    net = Tiny(len(alphabet)).eval()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.3, 0.3)
            module.running_var.uniform_(0.3, 1.5)
            module.weight.uniform_(0.5, 2.0)
            module.bias.uniform_(-0.3, 0.3)
    for weight in (*net.memory.parameters(), *net.letters.parameters()):
        weight.mul_(3.0)
    export(net, alphabet, folder / "tiny.net")
    at_half_precision(net)
    for name, high, wide in (("tall", 64, 301), ("low", 23, 97), ("same", 40, 58)):
        picture = Image.fromarray(painted_line(high, wide, dice))
        picture.save(folder / f"{name}.pgm")
        ink = paper.to_ink(picture)
        Image.fromarray(ink).save(folder / f"{name}.ink.pgm")
        scores = net(torch.from_numpy(ink.astype(np.float32) / 255)[None, None])[:, 0].log_softmax(-1).numpy()
        (folder / f"{name}.scores").write_bytes(scores.astype("<f4").tobytes())


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--checkpoint")
    ask.add_argument("--out")
    ask.add_argument("--keep")
    ask.add_argument("--certainty", help="what confidence is made of: as scripts/bench handwriting --fit prints it")
    ask.add_argument("--fixture")
    args = ask.parse_args()
    if args.fixture:
        write_fixture(args.fixture)
    if not args.checkpoint:
        return
    saved = torch.load(args.checkpoint, map_location="cpu")
    if args.keep:
        keep(saved, args.keep)
    net = Reader(len(saved["letters"]))
    net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in saved["weights"].items()})
    checksum = export(net.eval(), saved["letters"], args.out, args.certainty)
    size = Path(args.out).stat().st_size
    sha = hashlib.sha256(Path(args.out).read_bytes()).hexdigest()
    print(f"{args.out}: {size} bytes, checksum {checksum}, sha256 {sha}; epoch {saved['epoch']}, "
          f"greedy CER of the checkpoint {saved.get('greedy_cer', float('nan')):.4f}")


if __name__ == "__main__":
    main()
