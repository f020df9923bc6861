#!/usr/bin/env python3
"""Learns how sure a boxed field is read, from what speaks for and against many whose truth is known:

    scripts/bench cells FOLDER... --alone --evidence evidence.tsv
    models/workshop/reading/sureness.py evidence.tsv --out models/reading/sureness.toml --table models/reading/confidence.toml

One logistic sum for forms that look written by hand and one for those that look typed. Every face is judged by weights that
never saw it (folds of faces), and only those scores go into the table: how often such readings are right, and the bar from which nobody need look.
The bar is the lowest at which both bounds (one-sided, 90 %) of the wrong among the accepted are at most WRONG: over fields, and over
hands, each counting alike. What else stands in the table stays. --shut NAME: that bar is shut. --most NAME SHARE: it lets in no more than that share,
for hands that are stranger than those at hand. --judged: the scores, for looking at.
"""
import argparse
import math
import os
import re
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

ROOT = Path(__file__).resolve().parents[3]
HEADER = ROOT / "ocr/boxes/sureness.hpp"
KEEP = 3.0  # weight of staying near nothing, against one field
FOLDS = 11
WRONG = 0.002
BINS, LEAST = 24, 25  # of a curve, and readings in a bin (ocr/check/confidence_fit.cpp)
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


def alike(faces):
    """Weights that make each hand count alike, within reason: a few fields of a strange hand tell as much as many of a plain one."""
    which, each = np.unique(faces, return_inverse=True)
    fields = np.bincount(each)
    return (np.median(fields) / fields)[each].clip(0.2, 4)


def newton(x, right, count):
    weights, keep = np.zeros(x.shape[1]), np.diag([1e-6, *[KEEP] * (x.shape[1] - 1)])
    for _ in range(80):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve(x.T @ (x * (count * p * (1 - p))[:, None]) + keep, x.T @ (count * (p - right)) + keep @ weights)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def learned(evidence, right, count):
    """Weights of the evidence as it is, the base first (Newton's method on the penalised likelihood). What speaks against a
    reading never counts for it, whatever chance has put together: pieces that would are left out, the worst first."""
    middle, spread = evidence.mean(0), evidence.std(0)
    used = spread > 1e-9
    spread = np.where(used, spread, 1.0)
    x = np.c_[np.ones(len(right)), (evidence - middle) / spread]
    sign = np.array([0 if name in EITHER else 1 if name in FOR else -1 for name in names()])
    while True:
        chosen, weights = np.r_[True, used], np.zeros(x.shape[1])
        weights[chosen] = newton(x[:, chosen], right, count)
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
        rest = fold != k
        out[~rest] = sums(learned(evidence[rest], right[rest], alike(faces[rest])), evidence[~rest])
    return out


def tell(name, score, right):
    order = np.argsort(-score, kind="stable")
    wrong = np.where(right[order] == 0)[0]
    print(f"{name}: {len(right)} fields, {len(wrong)} wrong; before the first five wrong: {list(wrong[:5])}")


def curve(raw, right):
    """The monotone curve of ocr::fit_curve: mean raw scores, and shares right with half a wrong one more."""
    order, size = np.argsort(raw, kind="stable"), max(LEAST, len(raw) // BINS)
    rising = []
    for first in range(0, len(order), size):
        part = order[first : first + size]
        rising.append([raw[part].sum(), len(part), right[part].sum()])
        while len(rising) > 1 and (rising[-2][2] + 0.5) / (rising[-2][1] + 1) >= (rising[-1][2] + 0.5) / (rising[-1][1] + 1):
            last = rising.pop()
            rising[-1] = [a + b for a, b in zip(rising[-1], last)]
    return [r / n for r, n, _ in rising], [(ok + 0.5) / (n + 1) for _, n, ok in rising]


def bound_of_fields(wrong, accepted):
    """Clopper-Pearson, one-sided 90 %, by halving."""
    low, high = wrong / accepted, 1.0
    steps = np.arange(wrong + 1)
    ways = np.array([math.lgamma(accepted + 1) - math.lgamma(k + 1) - math.lgamma(accepted - k + 1) for k in steps])
    for _ in range(60):
        middle = (low + high) / 2
        below = np.exp(ways + steps * np.log(middle) + (accepted - steps) * np.log1p(-middle)).sum()
        low, high = (middle, high) if below > 0.1 else (low, middle)
    return high


def bound_of_hands(accepted, wrong, fields):
    a, w, hands = accepted / fields, wrong / fields, len(fields)
    share = w.sum() / a.sum()
    return share + 1.2816 * math.sqrt(hands / (hands - 1) * ((w - share * a) ** 2).sum()) / a.sum()


def bar(name, score, right, faces, most):
    """The lowest score that may be accepted, of no more than the share `most`; prints the curve of what lower ones would let in."""
    which, each = np.unique(faces, return_inverse=True)
    fields, best = np.bincount(each), 2.0
    for share in np.arange(0.30, 1.0, 0.01):
        least = np.quantile(score, 1 - share)
        ok = score >= least
        accepted = np.bincount(each[ok], minlength=len(which))
        wrong = np.bincount(each[ok & (right == 0)], minlength=len(which))
        by_fields, by_hands = bound_of_fields(int(wrong.sum()), int(accepted.sum())), bound_of_hands(accepted, wrong, fields)
        print(f"{name}: accepted {share:.2f}, wrong {wrong.sum()}, at most {1000 * by_fields:.2f} per 1,000 of fields, {1000 * by_hands:.2f} of hands")
        if max(by_fields, by_hands) > 2 * WRONG and share > 0.6:
            break
        if max(by_fields, by_hands) <= WRONG and share < most + 0.005:
            best = least
    return best


def fnv1a(numbers):
    hash64 = 14695981039346656037
    for byte in numbers:
        hash64 = ((hash64 ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return hash64


def put(table, name, raw, right, least):
    """The table's text with this curve, for combs of that kind and for all such fields, and this bar."""
    xs, ys = curve(raw, right)
    rows = f"n = {len(raw)}\nraw = [{', '.join(f'{x:.7f}' for x in xs)}]\nright = [{', '.join(f'{y:.7f}' for y in ys)}]\n"
    for kind in (f"comb/{name}", name):
        table = re.sub(rf'(\[curves\."{kind}"\]\n)(?:[^\n]+\n)+', lambda found: found[1] + rows, table)
    said = 2.0 if least > 1 else float(np.interp(least, xs, ys))
    return re.sub(rf'^"{name}" = .*$', f'"{name}" = {said:.7f}', table, flags=re.M)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("evidence", nargs="+")
    ask.add_argument("--out")
    ask.add_argument("--judged")
    ask.add_argument("--table")
    ask.add_argument("--shut", action="append", default=[])
    ask.add_argument("--most", nargs=2, action="append", default=[], metavar=("NAME", "SHARE"))
    args = ask.parse_args()
    faces, right, evidence = load(args.evidence)
    hand = evidence[:, names().index("by_hand")] > 0
    text = f"# How much each piece of evidence says that a boxed field is read rightly (ocr/boxes/sureness.hpp).\n" \
           f"# Made by models/workshop/reading/sureness.py from {len(right)} fields; not to be edited by hand.\n"
    half, judged = {face: i % 2 for i, face in enumerate(sorted(set(faces)))}, ""
    table = Path(args.table).read_text(encoding="utf-8").split("\n\n", 1)[1] if args.table else ""
    for name, chosen in (("hand", hand), ("typed", ~hand)):
        tell(f"{name}, by share", -evidence[chosen][:, 0], right[chosen])
        others = judged_by_others(faces[chosen], evidence[chosen], right[chosen])
        tell(f"{name}, by weights that did not learn from its face", others, right[chosen])
        judged += "".join(f"{name}\t{1 / (1 + np.exp(-s)):.9f}\t{int(r)}\t{half[f]}\n" for s, r, f in zip(others, right[chosen], faces[chosen]))
        least = bar(name, others, right[chosen], faces[chosen], float(dict(args.most).get(name, 1)))
        sure = lambda s: 1 / (1 + np.exp(-s))
        if table:
            table = put(table, name, sure(others), right[chosen], 2 if name in args.shut or least == 2 else sure(least))
        weights = learned(evidence[chosen], right[chosen], alike(faces[chosen]))
        text += f"\n[{name}]\nbase = {weights[0]:.5f}\n" + "".join(f"{n} = {w:.5f}\n" for n, w in zip(names(), weights[1:]))
    if args.judged:
        Path(args.judged).write_text(judged, encoding="utf-8")
    if table:
        body = "\n" + table
        Path(args.table).write_text("# How often readings are right, by kind and by what their reader says of itself (ocr/check/confidence.hpp).\n"
                                    "# Combs by models/workshop/reading/sureness.py, all else by `vaguemestre train confidence` (models/reading/README.md).\n"
                                    f"# Not to be edited by hand.\n# checksum {fnv1a(body.encode()):016x}\n{body}", encoding="utf-8")
    if args.out:
        Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
