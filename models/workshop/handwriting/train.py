#!/usr/bin/env python3
"""Trains the handwriting line reader on the CPU. One command, fixed seed, resumes from its checkpoint:

    models/workshop/handwriting/train.py --lines FOLDER --out models/handwriting/reader.pt --epochs 10

FOLDER holds lines.tsv and the archives it names (sources and licences: models/handwriting/README.md).
Prints the greedy character error rate (CER) on validation writers after each epoch.
"""
import argparse
import json
import math
import os
import random
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F

import lines as paper
from net import Reader

BATCH = 8


def charset(train):
    counts = {}
    for line in train:
        for c in line.text:
            counts[c] = counts.get(c, 0) + 1
    return "".join(sorted(c for c, n in counts.items() if n >= 3))


def widths_in_steps(width):
    return ((width + 1) // 2) // 2


def distorted(image, dice):
    """Slant, stretch, thickness, noise, rule lines, faintness: other pens and other scanners."""
    h, w = image.shape
    x = torch.from_numpy(image.astype(np.float32) / 255)[None, None]
    stretch = math.exp(dice.uniform(-0.22, 0.22))
    new_w = max(16, int(w * stretch))
    shear, tilt = dice.uniform(-0.45, 0.45), dice.uniform(-0.012, 0.012)
    grow, lift = math.exp(dice.uniform(-0.16, 0.12)), dice.uniform(-0.12, 0.12)
    ratio = h / new_w
    theta = torch.tensor([[[1.0, shear * ratio, 0.0], [tilt / ratio * 0.5, 1 / grow, lift]]])
    grid = F.affine_grid(theta, (1, 1, h, new_w), align_corners=False)
    x = F.grid_sample(x, grid, align_corners=False)
    pen = dice.random()
    if pen < 0.2:
        x = F.max_pool2d(x, 3, 1, 1) * 0.6 + x * 0.4
    elif pen < 0.35:
        x = -F.max_pool2d(-x, (1, 2), 1)[..., :, :] * 0.7 + x[..., : x.shape[-1] - 1] * 0.3
    if dice.random() < 0.25:
        x = F.avg_pool2d(x, 3, 1, 1)
    x = x[0, 0].numpy().copy()
    if dice.random() < 0.25:
        row = dice.randrange(20, 39)
        x[row : row + dice.choice((1, 1, 2))] = np.maximum(x[row : row + 1], dice.uniform(0.2, 0.8))
    x *= dice.uniform(0.6, 1.15)
    if dice.random() < 0.5:
        x += np.random.default_rng(dice.getrandbits(32)).normal(0, dice.uniform(0.01, 0.08), x.shape).astype(np.float32)
    return np.clip(x, 0, 1)


def batches(train, epoch, seed):
    """Lines of like width together; the first epoch goes from short to long."""
    dice = random.Random(seed * 1000 + epoch)
    order = sorted(range(len(train)), key=lambda i: train[i].image.shape[1] * dice.uniform(0.9, 1.1))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    if epoch > 0:
        dice.shuffle(groups)
    for group in groups:
        yield [(distorted(train[i].image, dice), train[i].text) for i in group]


def stack(pictures):
    width = max(p.shape[1] for p in pictures)
    width = (width + 3) // 4 * 4
    sheet = torch.zeros(len(pictures), 1, paper.HEIGHT, width)
    for row, picture in enumerate(pictures):
        sheet[row, 0, :, : picture.shape[1]] = torch.from_numpy(picture)
    return sheet


def greedy(scores, steps, letters):
    texts = []
    for b, n in enumerate(steps):
        best, last, text = scores[:n, b].argmax(-1).tolist(), 0, []
        for k in best:
            if k and k != last:
                text.append(letters[k - 1])
            last = k
        texts.append("".join(text).strip())
    return texts


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


@torch.no_grad()
def validate(net, val, letters):
    net.eval()
    wrong = total = 0
    order = sorted(val, key=lambda line: line.image.shape[1])
    for i in range(0, len(order), 16):
        group = order[i : i + 16]
        scores, _ = net(stack([line.image.astype(np.float32) / 255 for line in group]))
        texts = greedy(scores, [widths_in_steps(line.image.shape[1]) for line in group], letters)
        wrong += sum(edits(t, line.text) for t, line in zip(texts, group))
        total += sum(len(line.text) for line in group)
    return wrong / total


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--lines", required=True)
    ask.add_argument("--out", required=True)
    ask.add_argument("--epochs", type=int, default=10, help="length of the learning-rate cycle")
    ask.add_argument("--sets", default="", help="learn from these sets only, such as copiste,mss20")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--restart", action="store_true", help="keep the weights, begin a new learning-rate cycle")
    args = ask.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)

    train, val = paper.load(args.lines, "train"), paper.load(args.lines, "val")
    if args.sets:
        train = [line for line in train if line.set in args.sets.split(",")]
    saved = torch.load(args.out, map_location="cpu") if os.path.exists(args.out) else None
    letters = saved["letters"] if saved else charset(train)
    index = {c: i + 1 for i, c in enumerate(letters)}
    net = Reader(len(letters))
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
    epoch = 0
    if saved:
        net.load_state_dict(saved["weights"])
        if not args.restart:
            optimiser.load_state_dict(saved["optimiser"])
            epoch = saved["epoch"]
    per_epoch = math.ceil(len(train) / BATCH)
    print(json.dumps({"train": len(train), "val": len(val), "letters": len(letters),
                      "weights": sum(p.numel() for p in net.parameters())}), flush=True)
    loss_of = torch.nn.CTCLoss(blank=0, zero_infinity=True)
    while epoch < args.epochs:
        net.train()
        start, seen, run = time.time(), 0, 0.0
        for step, group in enumerate(batches(train, epoch, args.seed)):
            progress = (epoch * per_epoch + step) / (args.epochs * per_epoch)
            warm = min(1.0, (epoch * per_epoch + step + 1) / 300)
            for g in optimiser.param_groups:
                g["lr"] = args.rate * warm * max(0.01, 0.5 * (1 + math.cos(math.pi * progress)))
            scores, shortcut = net(stack([picture for picture, _ in group]))
            steps = torch.tensor([min(scores.shape[0], widths_in_steps(p.shape[1])) for p, _ in group])
            wanted = [[index[c] for c in text if c in index] for _, text in group]
            lengths = torch.tensor([len(w) for w in wanted])
            flat = torch.tensor([k for w in wanted for k in w])
            loss = (loss_of(scores.log_softmax(-1), flat, steps, lengths)
                    + 0.3 * loss_of(shortcut.log_softmax(-1), flat, steps, lengths))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            seen += len(group)
            run += loss.item()
            if step % 200 == 199:
                print(f"epoch {epoch} {seen}/{len(train)} loss {run / 200:.3f} {seen / (time.time() - start):.1f} lines/s", flush=True)
                run = 0.0
        epoch += 1
        cer = validate(net, val, letters)
        print(json.dumps({"epoch": epoch, "of": args.epochs, "greedy_cer": round(cer, 4), "val_lines": len(val),
                          "seconds": round(time.time() - start)}), flush=True)
        part = args.out + ".part"
        torch.save({"letters": letters, "weights": net.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch,
                    "greedy_cer": cer, "seed": args.seed}, part)
        os.replace(part, args.out)


if __name__ == "__main__":
    main()
