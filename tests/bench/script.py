#!/usr/bin/env python3
"""print or hand, line by line: errors of the detector on unseen faces and unseen writers, and what choosing is worth

  scripts/bench script [DIR] [--count N] [--seed S]

Paints letters with faces that nothing was fitted on; with DIR (lines.tsv and its archives) also pastes pages of lines
whose writers nothing was trained on. Each line is read by both readers; beside the product's choice stand print's
reader alone (the baseline), the reader of hands alone, and the best of both for whoever knew. Needs Python with numpy
and Pillow for DIR.
"""
import argparse
import importlib.util
import os
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models/workshop/handwriting"))
sys.dont_write_bytecode = True
import print_or_hand as fitting


def committed():
    """The weights the product uses: of the strokes, of the choice."""
    text = fitting.WEIGHTS.read_text()
    numbers = lambda name: [float(n) for n in re.search(name + r"\s*[{=]([^;}]*)[;}]", text).group(1).split(",")]
    return numbers("script_base") + numbers("script_weights"), numbers("choice_weights")


def tell(rows, script, choice):
    odds = fitting.among_others(rows, [fitting.odds_of(script, row.signs) for row in rows])
    print("  kind            lines  taken for the other  in doubt | letters wrong: print's reader  hands' reader  chosen  best of both")
    for medium in sorted({row.medium for row in rows}):
        here = [(row, own) for row, own in zip(rows, odds) if row.medium == medium]
        letters = sum(len(row.written if row.hand else row.printed) for row, _ in here)
        chosen = [fitting.odds_of(choice, fitting.choice_signs(row, own)) > 0 for row, own in here]
        share = lambda wrong: f"{100 * sum(wrong) / max(1, letters):6.2f} %"
        print(f"  {medium:12} {len(here):8} {sum((own > 0) != row.hand for row, own in here):20} {sum(abs(own) < 4 for _, own in here):9} | "
              f"{share(row.print_wrong for row, _ in here):>29} {share(row.hand_wrong for row, _ in here):>14} "
              f"{share(row.hand_wrong if hand else row.print_wrong for (row, _), hand in zip(here, chosen)):>7} "
              f"{share(min(row.print_wrong, row.hand_wrong) for row, _ in here):>13}")
    ms = [sorted(row.ms[i] for row in rows)[len(rows) // 2] for i in range(3)]
    print(f"  median ms a line, one core: detector {ms[0]:.2f}, print's reader {ms[1]:.1f}, hands' reader {ms[2]:.1f}")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dir", nargs="?", type=pathlib.Path)
    ask.add_argument("--count", type=int, default=60)
    ask.add_argument("--seed", type=int, default=2028)
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        fitting.paint(folder, args.count, args.seed, "unseen")
        if args.dir:
            fitting.paste(folder, args.dir, "val", 1, args.seed)
        rows = fitting.rows_of(folder)
    print(f"{len(rows)} lines: {args.count} painted letters of unseen faces, seed {args.seed}"
          + (", and pages of real lines of unseen writers (kind: real)" if args.dir else ""))
    tell(rows, *committed())


if __name__ == "__main__":
    debian = "/usr/bin/python3"  # has Debian's Pillow; another Python that comes first on the PATH may not
    if importlib.util.find_spec("PIL") is None and sys.executable != debian and os.path.exists(debian):
        os.execv(debian, [debian, __file__, *sys.argv[1:]])
    main()
