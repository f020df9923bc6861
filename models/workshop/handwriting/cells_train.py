#!/usr/bin/env python3
"""Trains the cell net on the CPU, one core. One command, fixed seed:

    models/workshop/handwriting/cells_train.py --lines FOLDER --faces FOLDER --out cells.pt --export models/handwriting/cells.net

--lines holds lines.tsv and its archives (sources and licences: models/handwriting/README.md); single characters
are cut out of them by models/handwriting/reader.pt. --faces: where npm puts the faces it fetches. Run again
after an interruption it goes on from --out. Prints the share of characters wrong on writers and faces that it does not
learn from. --forms: cells cut out of painted forms by the reader itself (scripts/bench cells --seen --pictures FILE,
with --families also in faces beyond the stock's); seven in ten of what the net then sees.
"""
import argparse
import copy
import json
import os
import pickle
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import cells
import cells_cut
import cells_faces
from cells import LETTERS, NONE, SIDE
from cells_export import export

BATCH = 96
OF_FORMS = 0.7  # of a batch
AVERAGED = 0.998  # of the running average that stays, a step
BANK = 56  # px of a glyph in the bank; its ink fills 48
SHARES = {"real": 0.30, "hand": 0.48, "typed": 0.18, "drawn": 0.04}
MARKS = {"-": (0.10, 0.05), ".": (0.15, 0.45), "'": (0.4, -0.42), "_": (0.12, 0.58), "@": (1.0, 0.1), "&": (1.0, 0.0), "+": (0.6, 0.0)}


class Bank:
    def __init__(self, glyphs, shares, nothing=0.05):
        pictures, tall = [], []
        for glyph in glyphs:
            h, w = glyph.ink.shape
            scale = 48 / max(h, w)
            size = max(2, round(w * scale)), max(2, round(h * scale))
            small = np.asarray(Image.fromarray(glyph.ink).resize(size, Image.Resampling.BOX if scale < 0.7 else Image.Resampling.BILINEAR))
            sheet = np.zeros((BANK, BANK), dtype=np.uint8)
            y, x = (BANK - small.shape[0]) // 2, (BANK - small.shape[1]) // 2
            sheet[y : y + small.shape[0], x : x + small.shape[1]] = small
            pictures.append(sheet)
            tall.append(glyph.tall * BANK / small.shape[0])
        self.glyphs = torch.from_numpy(np.stack(pictures))
        self.tall = torch.tensor(tall, dtype=torch.float32)
        self.low = torch.tensor([g.low for g in glyphs], dtype=torch.float32)
        self.labels = torch.tensor([g.label for g in glyphs])
        self.loose = torch.tensor([{"typed": 0.1, "real": 0.8}.get(g.source, 1.0) for g in glyphs])
        self.real = torch.tensor([g.source == "real" for g in glyphs])
        self.weights = weights_of(glyphs, shares)
        if nothing:
            self.add_nothing(nothing)

    def add_nothing(self, share):
        more = torch.multinomial(self.weights, 4000, replacement=True, generator=torch.Generator().manual_seed(3))
        for name in ("glyphs", "tall", "low", "loose", "real"):
            setattr(self, name, torch.cat([getattr(self, name), getattr(self, name)[more]]))
        self.labels = torch.cat([self.labels, torch.full((4000,), NONE)])
        each = share * float(self.weights.sum()) / 4000
        self.weights = torch.cat([self.weights, torch.full((4000,), each, dtype=self.weights.dtype)])


class Forms:
    """Pictures as ocr::cell_picture cuts them out of painted forms: letter, 'h' or 't', SIDE x SIDE bytes."""

    TYPED = 0.25

    def __init__(self, files):
        rows = np.concatenate([np.fromfile(file, dtype=np.uint8).reshape(-1, SIDE * SIDE + 2) for file in files])
        rows = rows[[chr(row) in LETTERS for row in rows[:, 0]]]
        self.pictures = torch.from_numpy(rows[:, 2:].reshape(-1, 1, SIDE, SIDE).copy())
        self.labels = torch.tensor([LETTERS.index(chr(row)) for row in rows[:, 0]])
        often = torch.bincount(self.labels, minlength=NONE).double()
        typed = torch.tensor(rows[:, 1] == ord("t"))
        ink = self.pictures[:, 0] > 90
        self.small = torch.maximum(ink.any(1).sum(1), ink.any(2).sum(1)) < 22  # its window is wider than it
        self.weights = often[self.labels].rsqrt()
        for kind, share in ((typed, self.TYPED), (~typed, 1 - self.TYPED)):
            self.weights[kind] *= share / float(self.weights[kind].sum() or 1)

    def draw(self, count, dice, bent):
        """Pictures and their labels: `bent` of them as other hands might have written them, all a little moved, turned, slanted,
        thicker or thinner."""
        chosen = torch.multinomial(self.weights, count, replacement=True, generator=dice.source)
        x = self.pictures[chosen].float() / 255
        if bent := round(bent * count):
            x[:bent] = cells.as_another_hand(x[:bent], self.small[chosen[:bent]], dice)
        size = torch.exp(dice.around(0.05, count))
        wide, turn, slant = torch.exp(dice.around(0.06, count)), dice.around(0.05, count), dice.around(0.07, count)
        zero = dice.around(0.03, count)
        theta = torch.stack([torch.stack([size * wide, slant + turn, zero], -1), torch.stack([-turn, size, dice.around(0.03, count)], -1)], 1)
        x = F.grid_sample(x, F.affine_grid(theta, x.shape, align_corners=False), align_corners=False)
        thick = x + dice.between(0.2, 0.9, count)[:, None, None, None] * (F.max_pool2d(x, 3, 1, 1) - x)
        thin = F.pad(-F.max_pool2d(-x, (1, 2), 1), (0, 1))
        fate = dice.unit(count)[:, None, None, None]
        return torch.where(fate < 0.12, thick, torch.where(fate > 0.93, thin, x)).clamp(0, 1), self.labels[chosen]


def weights_of(glyphs, shares):
    """A digit more often than a letter, a letter than a mark; then by source; small letters seldom."""
    groups = {}
    for i, glyph in enumerate(glyphs):
        groups.setdefault((glyph.label, glyph.source, glyph.small), []).append(i)
    weights = np.zeros(len(glyphs))
    for label, letter in enumerate(LETTERS):
        kinds = {key: members for key, members in groups.items() if key[0] == label}
        parts = {key: shares[key[1]] * (0.15 if key[2] else 1.0) for key in kinds}
        total = sum(parts.values()) or 1
        often = 1.8 if letter.isdigit() else 1.0 if letter.isalpha() else 0.5
        for key, members in kinds.items():
            weights[members] = often * parts[key] / total / len(members)
    return torch.tensor(weights)


def real_glyphs(found):
    heights = {}
    for letter, ink, writer, _ in found:
        if letter.isupper() or letter.isdigit():
            heights.setdefault(writer, []).append(ink.shape[0])
    for letter, ink, writer, _ in found:
        h, w = ink.shape
        mark = MARKS.get(letter)
        tall, low = 1.0, 0.0
        if mark and letter not in "@&":
            tall = h / float(np.median(heights.get(writer, [26])))
            low = mark[1]
            if tall > 2.5 * mark[0] + 0.15 or (letter in "-_" and w < 1.3 * h) or (letter == "." and max(h, w) > 2.2 * min(h, w)):
                continue  # cut wrongly
        elif h < 10 or (letter.isdigit() and w > (1.0 if letter == "0" else 0.85) * h) or w > 1.5 * h:
            continue  # two digits that could not be parted
        yield cells_faces.Glyph(ink, LETTERS.index(letter.upper()), tall, low, "real", writer, letter.islower())


def cut_once(args, split):
    kept = Path(args.out).with_suffix(f".{split}.cut")
    if not kept.exists():
        lines = cells_cut.alignments(args.lines, args.reader, split)
        kept.write_bytes(pickle.dumps(cells_cut.characters(args.lines, lines, args.seed)))
    return list(real_glyphs(pickle.loads(kept.read_bytes())))


def banks(args):
    files = cells_faces.face_files(args.faces)
    hold = lambda name: name in cells_faces.HELD_OUT
    faces = [g for file in files for g in cells_faces.painted(*file)]
    train = (cut_once(args, "train") if args.lines else []) + [g for g in faces if not hold(g.name)] + list(cells_faces.drawn(600, args.seed))
    kinds = {"real": cut_once(args, "val") if args.lines else []}
    for kind in ("hand", "typed"):
        kinds[kind] = [g for g in faces if hold(g.name) and g.source == kind and not g.small]
    plain = lambda glyphs: [g for g in glyphs if not g.small]
    return Bank(train, SHARES), {k: Bank(plain(v), {k: 1.0}, 0) for k, v in kinds.items() if v}, len(train)


@torch.no_grad()
def measure(net, bank, count, seed, charset=None):
    """Share wrong among `count` characters of the bank; `charset`: only these, and only these allowed."""
    net.eval()
    dice, wrong, seen = cells.Dice(seed), 0, 0
    allowed = torch.tensor([charset is None or (i < NONE and LETTERS[i] in charset) for i in range(NONE + 1)])
    weights = bank.weights * allowed[bank.labels]
    while seen < count:
        chosen = torch.multinomial(weights, 250, replacement=True, generator=dice.source)
        scores = net(cells.sheet_of(bank, chosen, dice)).masked_fill(~allowed, -1e9)
        wrong += int((scores.argmax(1) != bank.labels[chosen]).sum())
        seen += len(chosen)
    return wrong / seen


def figures(net, banks_, count, seed):
    digits, capitals = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return {f"{kind}_{name}": round(measure(net, bank, count, seed, charset), 4)
            for kind, bank in banks_.items() for name, charset in (("digits", digits), ("letters", capitals), ("all", None))}


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--lines", help="without: faces only")
    ask.add_argument("--faces", required=True)
    ask.add_argument("--reader", default=str(cells_faces.ROOT / "models/handwriting/reader.pt"))
    ask.add_argument("--out", required=True)
    ask.add_argument("--export")
    ask.add_argument("--forms", nargs="*", default=[])
    ask.add_argument("--start", help="weights to begin with")
    ask.add_argument("--join", nargs=2, help="two nets to begin with, side by side in one twice as wide")
    ask.add_argument("--bent", type=float, default=0.0, help="share of the cells of forms that are bent into other hands")
    ask.add_argument("--smooth", type=float, default=0.02, help="what a label leaves to all others: 0 makes the net surer")
    ask.add_argument("--minutes", type=float, default=25)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rate", type=float, default=2.5e-3)
    ask.add_argument("--fetched", action="store_true", help="the faces are there already")
    args = ask.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    if not args.fetched:
        cells_faces.fetch(args.faces)
    bank, held, count = banks(args)
    resumed = os.path.exists(args.out)
    begin = args.out if resumed else args.start
    net, spent, steps = cells.CellNet(), 0.0, 0
    if begin:
        saved = torch.load(begin, map_location="cpu")
        net = cells.net_of(saved)
        spent, steps = (saved["spent"], saved.get("steps", 0)) if resumed else (0.0, 0)
    elif args.join:
        net = cells.joined(*(cells.net_of(torch.load(file, map_location="cpu")) for file in args.join))
    print(json.dumps({"glyphs": count, "held_out": {k: len(v.labels) for k, v in held.items()},
                      "weights": sum(p.numel() for p in net.parameters())}), flush=True)
    net = Training(net, bank, args, spent, steps).run(held)
    print(json.dumps(figures(net, held, 1000, 99)), flush=True)
    if args.export:
        print(export(net.eval(), args.export))


class Training:
    """Minutes of the processor, not of the clock: a busy machine learns as much. What is measured, saved and exported is the
    running average of the weights: quieter than any of them."""

    def __init__(self, net, bank, args, spent, before):
        self.net, self.bank, self.args, self.spent = net, bank, args, spent
        self.average, self.before = copy.deepcopy(net).eval(), before
        self.forms = Forms(args.forms) if args.forms else None
        self.optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
        self.dice = cells.Dice(args.seed * 1000 + int(spent))
        self.begun, self.steps, self.cleaned = time.process_time(), 0, False

    def gone(self):
        return self.spent + time.process_time() - self.begun

    def share(self):
        return self.gone() / (60 * self.args.minutes)

    def save(self):
        torch.save({"weights": self.average.state_dict(), "sizes": self.net.sizes, "spent": self.gone(), "seed": self.args.seed,
                    "steps": self.before + self.steps}, self.args.out)

    @torch.no_grad()
    def remember(self):
        keep = min(AVERAGED, 1 - 10 / (10 + self.before + self.steps))
        for kept, one in zip(self.average.state_dict().values(), self.net.state_dict().values()):
            if kept.is_floating_point():
                kept.mul_(keep).add_(one, alpha=1 - keep)
            else:
                kept.copy_(one)

    def batch(self):
        of_forms = round(OF_FORMS * BATCH) if self.forms else 0
        chosen = torch.multinomial(self.bank.weights, BATCH - of_forms, replacement=True, generator=self.dice.source)
        with torch.no_grad():
            fresh = cells.sheet_of(self.bank, chosen, self.dice), self.bank.labels[chosen]
            if of_forms:
                fresh = tuple(torch.cat(both) for both in zip(fresh, self.forms.draw(of_forms, self.dice, self.args.bent)))
        return fresh

    def step(self):
        for group in self.optimiser.param_groups:
            group["lr"] = self.args.rate * min(1.0, (self.steps + 1) / 200) * max(0.01, 0.5 * (1 + np.cos(np.pi * self.share())))
        pictures, labels = self.batch()
        loss = F.cross_entropy(self.net(pictures), labels, label_smoothing=self.args.smooth)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.steps += 1
        self.remember()
        return float(loss)

    @torch.no_grad()
    def clean(self):
        """Characters cut wrongly: what the net, half taught, finds next to impossible goes."""
        self.net.eval()
        gone, real = 0, torch.where(self.bank.real & (self.bank.labels != NONE))[0]
        for part in real.split(256):
            wrong = torch.ones(len(part), dtype=torch.bool)
            for _ in range(2):
                scores = self.net(cells.sheet_of(self.bank, part, self.dice, clean=True)).softmax(1)
                wrong &= scores[torch.arange(len(part)), self.bank.labels[part]] < 0.05
            self.bank.weights[part[wrong]] = 0
            gone += int(wrong.sum())
        self.net.train()
        self.cleaned = True
        print(json.dumps({"cut_wrongly": gone, "of": len(real)}), flush=True)

    def run(self, held):
        told, losses = self.share(), []
        self.net.train()
        while self.share() < 1:
            losses.append(self.step())
            if not self.cleaned and (self.share() > 0.3 or self.args.start or self.args.join or self.spent > 0) and self.bank.real.any():
                self.clean()
            if self.share() > told + 0.1:
                self.save()
                print(json.dumps({"step": self.steps, "share": round(self.share(), 3), "loss": round(sum(losses) / len(losses), 4),
                                  **figures(self.average, held, 250, 5)}), flush=True)
                self.net.train()
                told, losses = self.share(), []
        self.save()
        return self.average


if __name__ == "__main__":
    main()
