#!/usr/bin/env python3
"""Trains the handwriting line reader on the CPU, one core. One command, fixed seed:

    models/workshop/handwriting/train.py --lines FOLDER --out reader.pt --epochs 10

FOLDER holds lines.tsv and the archives it names (sources and licences: models/handwriting/README.md). Run again
after an interruption it goes on from reader.pt, which is written every --save-minutes. To go on from the
committed weights, on another day and with a new learning-rate cycle:

    models/workshop/handwriting/train.py --lines FOLDER --start models/handwriting/reader.pt --out reader.pt --epochs 20

--minutes M in place of --epochs lets the cycle end after M minutes, on a machine whose speed nobody knows.
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
from texts import edits

BATCH = 8
DISTORTED = 0.7  # of the lines; the others are seen as they are, but for slight noise


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
    return x


def shown(image, dice):
    """The line as the net gets to see it this time."""
    x = distorted(image, dice) if dice.random() < DISTORTED else image.astype(np.float32) / 255
    if dice.random() < 0.5:
        x = x + np.random.default_rng(dice.getrandbits(32)).normal(0, dice.uniform(0.01, 0.08), x.shape).astype(np.float32)
    return np.clip(x, 0, 1)


def batches(train, dice, short_first, skip):
    """Lines of like width together, without the first `skip` groups; a new net goes from short to long."""
    order = sorted(range(len(train)), key=lambda i: train[i].image.shape[1] * dice.uniform(0.9, 1.1))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    if not short_first:
        dice.shuffle(groups)
    for group in groups[skip:]:
        yield [(shown(train[i].image, dice), train[i].text) for i in group]


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


class Training:
    """Net, optimiser, how far they are, and the file they are kept in."""

    def __init__(self, args, train):
        self.args = args
        self.train_lines = train
        self.epoch = self.groups_seen = 0
        self.greedy_cer = float("nan")
        self.spent = 0.0  # seconds of this cycle before this start
        resumed = os.path.exists(args.out) and not args.restart
        source = args.out if os.path.exists(args.out) else args.start
        saved = torch.load(source, map_location="cpu") if source else None
        self.letters = saved["letters"] if saved else charset(train)
        self.fresh = saved is None
        self.net = Reader(len(self.letters))
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=args.rate, weight_decay=1e-2)
        if saved:
            self.net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in saved["weights"].items()})
        if resumed:
            self.optimiser.load_state_dict(saved["optimiser"])
            self.epoch, self.groups_seen = saved["epoch"], saved.get("groups_seen", 0)
            self.fresh, self.spent = saved.get("fresh", True), saved.get("spent", 0.0)
        self.begun = self.saved_at = time.time()
        self.groups = math.ceil(len(train) / BATCH)

    def progress(self):
        """Of the learning-rate cycle, 0..1."""
        if self.args.minutes:
            return min(1.0, (self.spent + time.time() - self.begun) / (60 * self.args.minutes))
        return min(1.0, (self.epoch * self.groups + self.groups_seen) / (self.args.epochs * self.groups))

    def save(self):
        part = self.args.out + ".part"
        torch.save({"letters": self.letters, "weights": self.net.state_dict(), "optimiser": self.optimiser.state_dict(),
                    "epoch": self.epoch, "groups_seen": self.groups_seen, "fresh": self.fresh,
                    "spent": self.spent + time.time() - self.begun, "greedy_cer": self.greedy_cer, "seed": self.args.seed}, part)
        os.replace(part, self.args.out)
        self.saved_at = time.time()

    def learn(self, group, loss_of, index):
        warm = min(1.0, (self.epoch * self.groups + self.groups_seen + 1) / 300)
        for g in self.optimiser.param_groups:
            g["lr"] = self.args.rate * warm * max(0.01, 0.5 * (1 + math.cos(math.pi * self.progress())))
        scores, shortcut = self.net(stack([picture for picture, _ in group]))
        steps = torch.tensor([min(scores.shape[0], widths_in_steps(p.shape[1])) for p, _ in group])
        wanted = [[index[c] for c in text if c in index] for _, text in group]
        lengths = torch.tensor([len(w) for w in wanted])
        flat = torch.tensor([k for w in wanted for k in w])
        loss = (loss_of(scores.log_softmax(-1), flat, steps, lengths)
                + 0.3 * loss_of(shortcut.log_softmax(-1), flat, steps, lengths))
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimiser.step()
        return loss.item()

    def run_epoch(self):
        self.net.train()
        index = {c: i + 1 for i, c in enumerate(self.letters)}
        loss_of = torch.nn.CTCLoss(blank=0, zero_infinity=True)
        start, seen, run = time.time(), 0, []
        dice = random.Random(self.args.seed * 1000 + self.epoch + 1_000_000 * (self.args.restart or bool(self.args.start)))
        for group in batches(self.train_lines, dice, self.fresh and self.epoch == 0, self.groups_seen):
            run.append(self.learn(group, loss_of, index))
            self.groups_seen += 1
            seen += len(group)
            if len(run) == 200:
                print(f"epoch {self.epoch} group {self.groups_seen}/{self.groups} loss {sum(run) / 200:.3f} "
                      f"{seen / (time.time() - start):.1f} lines/s, {100 * self.progress():.0f} % of the cycle", flush=True)
                run = []
            if time.time() - self.saved_at > 60 * self.args.save_minutes:
                self.save()
            if self.args.minutes and self.progress() >= 1.0:
                break
        self.epoch, self.groups_seen = self.epoch + 1, 0


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--lines", required=True)
    ask.add_argument("--out", required=True)
    ask.add_argument("--start", help="weights to begin with when --out does not exist yet")
    ask.add_argument("--epochs", type=int, default=10, help="length of the learning-rate cycle")
    ask.add_argument("--minutes", type=float, help="the same in minutes of the clock")
    ask.add_argument("--save-minutes", type=float, default=10)
    ask.add_argument("--sets", default="", help="learn from these sets only, such as copiste,mss20")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--restart", action="store_true", help="keep the weights of --out, begin a new learning-rate cycle")
    args = ask.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    train, val = paper.load(args.lines, "train"), paper.load(args.lines, "val")
    if args.sets:
        train = [line for line in train if line.set in args.sets.split(",")]
    training = Training(args, train)
    args.restart = False  # once
    print(json.dumps({"train": len(train), "val": len(val), "letters": len(training.letters),
                      "weights": sum(p.numel() for p in training.net.parameters())}), flush=True)
    while training.progress() < 1.0:
        start = time.time()
        training.run_epoch()
        training.greedy_cer = validate(training.net, val, training.letters)
        training.save()
        print(json.dumps({"epoch": training.epoch, "greedy_cer": round(training.greedy_cer, 4), "val_lines": len(val),
                          "cycle": round(training.progress(), 3), "seconds": round(time.time() - start)}), flush=True)


if __name__ == "__main__":
    main()
