#!/usr/bin/env python3
"""processor time and errors of reading painted letters, typed and by hand, beside the tesseract command line

  scripts/bench read [--count N] [--seed S] [--faces unseen|seen|any] [--hands DIR] [--no-tesseract] [--worst]

Letters are painted for the occasion with faces that nothing was trained or tuned on. Ours is the processor time of
one core from a file's bytes to what was read, engines warm as they are in the zygote: decoding, finding the form,
fields, ticks, lines. Tesseract reads the same pages, alone on one core (OMP_THREAD_LIMIT=1), once as its user pays
for it, and its start-up (what it takes for an empty page) is told as well. Errors are of the writer's own words, looked
for in what either read. Painted hands are faces, not people: --hands DIR (lines.tsv and its archives; Python with Pillow) adds pages pasted from
the lines of people whose writing nothing was trained on.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models/workshop/handwriting"))
sys.dont_write_bytecode = True
from texts import distance_inside

BIN = pathlib.Path(os.environ.get("BIN", ROOT / "build/bin"))
ONE_CORE = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def plain(text):
    text = unicodedata.normalize("NFC", text)
    for fancy, simple in (("’", "'"), ("‘", "'"), ("«", '"'), ("»", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "), ("\u202f", " ")):
        text = text.replace(fancy, simple)
    return " ".join(text.replace('" ', '"').replace(' "', '"').split())


def cpu_of(command, **how):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, **how)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def pages_as_pictures(scan, folder):
    """What tesseract is given: the scan itself, or a PDF's pages as pictures (not counted)."""
    if scan.suffix != ".pdf":
        return [scan]
    subprocess.run(["pdftoppm", "-r", "300", "-gray", scan, folder / scan.stem], check=True)
    return sorted(folder.glob(scan.stem + "*.pgm"))


def tesseract(scan, folder):
    text, ms = "", 0
    for picture in pages_as_pictures(scan, folder):
        said, took = cpu_of(["tesseract", picture, "-", "-l", "fra"], env=ONE_CORE)
        text, ms = text + " " + said, ms + took
    return text, ms


def kind_of(truth):
    writing = {"hand": "by hand", "typed": "typed", "typewriter": "typewriter", "dot": "dot print", "real": "by hand, real lines"}[truth.get("medium", "typed")]
    return ("form" if truth["form"] else "free letter") + ", " + writing


def at(numbers, share):
    numbers = sorted(numbers)
    return numbers[min(len(numbers) - 1, int(share * len(numbers)))]


def row(name, read):
    """read: (ms, pages, wrong letters, letters) of each letter."""
    a_page = [ms / pages for ms, pages, _, _ in read]
    wrong, letters = sum(r[2] for r in read), sum(r[3] for r in read)
    return (f"    {name:10} ms a page: median {at(a_page, 0.5):6.0f}, p95 {at(a_page, 0.95):6.0f}, mean {sum(r[0] for r in read) / sum(r[1] for r in read):6.0f}; "
            f"CER {100 * wrong / max(1, letters):5.2f} % of {letters} letters")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=60)
    ask.add_argument("--seed", type=int, default=2027)
    ask.add_argument("--faces", default="unseen")
    ask.add_argument("--hands", type=pathlib.Path, metavar="DIR")
    ask.add_argument("--dir", type=pathlib.Path, help="read these painted letters")
    ask.add_argument("--no-tesseract", action="store_true")
    ask.add_argument("--worst", action="store_true", help="name the letters with most errors")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        painted = args.dir or folder
        if not args.dir:
            subprocess.run([BIN / "vaguemestre", "specimen", "--count", str(args.count), "--seed", str(args.seed), "--faces", args.faces,
                            "--out", folder], check=True, stdout=subprocess.DEVNULL)
        if args.hands:
            import print_or_hand

            print_or_hand.paste(painted, args.hands, "val", 1, args.seed)
        truths = [json.loads(path.read_text()) for path in sorted(painted.glob("*.truth.json"))]
        done = subprocess.run([BIN / "bench_read"], input="".join(f"{painted / t['file']}\n" for t in truths), capture_output=True,
                              text=True, check=True, env=ONE_CORE)
        kinds, worst = {}, []
        for truth, answer in zip(truths, done.stdout.split("\n")):
            ms, pages, _, typed, hand, text = answer.split("\t")
            letters = plain(truth["text"])
            wrong = distance_inside(letters, plain(text.replace("\u241e", " ")))
            of_kind = kinds.setdefault(kind_of(truth), {"ours": [], "tesseract": [], "typed": 0, "hand": 0})
            of_kind["ours"].append((float(ms), int(pages), wrong, len(letters)))
            of_kind["typed"] += int(typed)
            of_kind["hand"] += int(hand)
            theirs = None
            if not args.no_tesseract:
                said, took = tesseract(painted / truth["file"], folder)
                theirs = distance_inside(letters, plain(said))
                of_kind["tesseract"].append((took, int(pages), theirs, len(letters)))
            worst.append((wrong / max(1, len(letters)), truth["file"], kind_of(truth), wrong, theirs, len(letters), float(ms)))
        which = f"of {args.dir}" if args.dir else f"painted, faces {args.faces}, seed {args.seed}"
        print(f"{len(truths)} letters {which}; one core")
        for kind, read in sorted(kinds.items()):
            pages = sum(r[1] for r in read["ours"])
            print(f"  {kind}: {len(read['ours'])} letters, {pages} pages; rows taken for print {read['typed']}, for hand {read['hand']}")
            for name in ("ours", "tesseract"):
                if read[name]:
                    print(row(name, read[name]))
        if not args.no_tesseract:
            empty = folder / "empty.pgm"
            empty.write_bytes(b"P5 400 400 255\n" + b"\xff" * 160000)
            print(f"  tesseract's start alone: {cpu_of(['tesseract', empty, '-', '-l', 'fra'], env=ONE_CORE)[1]:.0f} ms")
        if args.worst:
            for _, file, kind, wrong, theirs, letters, ms in sorted(worst, reverse=True)[:25]:
                print(f"  {file:28} {kind:24} {wrong:4} wrong, tesseract {theirs}, of {letters}; {ms:.0f} ms")


if __name__ == "__main__":
    debian = "/usr/bin/python3"  # has Debian's Pillow; another Python that comes first on the PATH may not
    if importlib.util.find_spec("PIL") is None and sys.executable != debian and os.path.exists(debian):
        os.execv(debian, [debian, __file__, *sys.argv[1:]])
    main()
