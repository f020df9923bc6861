#!/usr/bin/env python3
"""Learns how sure a boxed field is read, from what speaks for and against many whose truth is known:

    scripts/bench cells FOLDER... --alone --evidence evidence.tsv
    models/workshop/reading/sureness.py evidence.tsv --out models/reading/sureness.toml --judged judged.tsv

One logistic sum for forms that look written by hand and one for those that look typed. Prints, with every face judged
by weights that never saw it (five folds of faces), how many fields come before the first wrong ones. --judged: what those
weights say of every field, for `vaguemestre train confidence --cells`.
"""
import argparse
import re
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
HEADER = ROOT / "ocr/boxes/sureness.hpp"
KEEP = 3.0  # weight of staying near nothing, against one field
FOLDS = 5
FOR = {"key_holds", "check_holds", "listed", "agrees", "named"}  # all else speaks against a reading
EITHER = {"letters", "by_hand"}


def names():
    listed = HEADER.read_text(encoding="utf-8").split("evidence_names{")[1].split("}")[0]
    return re.findall(r'"(\w+)"', listed)


def load(files):
    rows = [line.rstrip("\n").split("\t") for file in files for line in open(file, encoding="utf-8")]
    faces = np.array([row[1] for row in rows])
    right = np.array([row[4] == "1" for row in rows], dtype=float)
    return faces, right, np.array([[float(v) for v in row[5:]] for row in rows])


def newton(x, right):
    weights, keep = np.zeros(x.shape[1]), np.diag([1e-6, *[KEEP] * (x.shape[1] - 1)])
    for _ in range(80):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + keep, x.T @ (p - right) + keep @ weights)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def learned(evidence, right):
    """Weights of the evidence as it is, the base first (Newton's method on the penalised likelihood). What speaks against a
    reading never counts for it, whatever chance has put together: pieces that would are left out, the worst first."""
    middle, spread = evidence.mean(0), evidence.std(0)
    used = spread > 1e-9
    spread = np.where(used, spread, 1.0)
    x = np.c_[np.ones(len(right)), (evidence - middle) / spread]
    sign = np.array([0 if name in EITHER else 1 if name in FOR else -1 for name in names()])
    while True:
        chosen, weights = np.r_[True, used], np.zeros(x.shape[1])
        weights[chosen] = newton(x[:, chosen], right)
        wrong = np.where(weights[1:] * sign < 0)[0]
        if len(wrong) == 0:
            break
        used[wrong[np.argsort(-np.abs(weights[1 + wrong]))][: max(1, len(wrong) // 2)]] = False
    each = weights[1:] / spread
    return np.r_[weights[0] - each @ middle, each]


def sums(weights, evidence):
    return weights[0] + evidence @ weights[1:]


def judged_by_others(faces, evidence, right):
    order = {face: i for i, face in enumerate(sorted(set(faces)))}
    fold = np.array([order[face] % FOLDS for face in faces])
    out = np.zeros(len(right))
    for k in range(FOLDS):
        out[fold == k] = sums(learned(evidence[fold != k], right[fold != k]), evidence[fold == k])
    return out


def tell(name, score, right):
    order = np.argsort(-score, kind="stable")
    wrong = np.where(right[order] == 0)[0]
    print(f"{name}: {len(right)} fields, {len(wrong)} wrong; before the first five wrong: {list(wrong[:5])}")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("evidence", nargs="+")
    ask.add_argument("--out")
    ask.add_argument("--judged")
    args = ask.parse_args()
    faces, right, evidence = load(args.evidence)
    hand = evidence[:, names().index("by_hand")] > 0
    text = f"# How much each piece of evidence says that a boxed field is read rightly (ocr/boxes/sureness.hpp).\n" \
           f"# Made by models/workshop/reading/sureness.py from {len(right)} fields; not to be edited by hand.\n"
    half, judged = {face: i % 2 for i, face in enumerate(sorted(set(faces)))}, ""
    for name, chosen in (("hand", hand), ("typed", ~hand)):
        tell(f"{name}, by share", -evidence[chosen][:, 0], right[chosen])
        others = judged_by_others(faces[chosen], evidence[chosen], right[chosen])
        tell(f"{name}, by weights that did not learn from its face", others, right[chosen])
        judged += "".join(f"{name}\t{1 / (1 + np.exp(-s)):.9f}\t{int(r)}\t{half[f]}\n" for s, r, f in zip(others, right[chosen], faces[chosen]))
        weights = learned(evidence[chosen], right[chosen])
        text += f"\n[{name}]\nbase = {weights[0]:.5f}\n" + "".join(f"{n} = {w:.5f}\n" for n, w in zip(names(), weights[1:]))
    if args.judged:
        Path(args.judged).write_text(judged, encoding="utf-8")
    if args.out:
        Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
