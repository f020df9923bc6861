#!/usr/bin/env python3
"""broken, hostile and odd files, and ten bombs of our own, through the station's look and a reader

  scripts/soak badinput DIR [--every N] [--list]

DIR holds MANIFEST.tsv (columns file, class, expected: read, refused or any) and the files it names. Prints how many
of each class were read, refused with which code, or took the reader's child with them; the slowest; how often the
outcome is the expected one; and p95 of the letters behind a bad file against p95 of the same letter alone. It fails
when a file ends without a reading or a reason, or a file's decoding and reading goes over its time.
"""
import argparse
import collections
import csv
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOAK = ROOT / "build/bin/soak_badinput"
VAGUEMESTRE = ROOT / "build/bin/vaguemestre"
MS_A_PAGE = 10_000


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, idat, extra=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", idat) + chunk(b"IEND", b"")


def packed_zeros(count):
    press = zlib.compressobj(9)
    parts = [press.compress(bytes(1 << 20)) for _ in range(count >> 20)]
    return b"".join(parts) + press.flush()


def tiff(pages, data=b"", loop=None):
    """pages: lists of (tag, type, count, value); the data stand at 8; loop: the page that the last one leads to"""
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + len(data)) + data)
    starts = []
    for i, tags in enumerate(pages):
        starts.append(len(out))
        out += struct.pack("<H", len(tags))
        for tag in tags:
            out += struct.pack("<HHII", *tag)
        after = len(out) + 4
        out += struct.pack("<I", after if i + 1 < len(pages) else 0 if loop is None else starts[loop])
    return bytes(out)


def tags(width, height, compression, length):
    return [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression), (262, 3, 1, 1),
            (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, length)]


def pdf(objects):
    out, places = bytearray(b"%PDF-1.5\n"), []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at))


def stream(content, dictionary=b""):
    return b"<< /Length %d %s >>\nstream\n" % (len(content), dictionary) + content + b"\nendstream"


def page_pdf(contents, resources=b"", box=b"0 0 595 842", more=()):
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources),
                contents, *more])


def nested_forms(depth):
    forms = []
    for i in range(depth):
        inner = 6 + i
        body = b"/F Do " * 10 if i + 1 < depth else b"0 0 9 9 re f"
        forms.append(stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /F %d 0 R >> >>" % inner))
    return page_pdf(stream(b"/F Do"), b"/XObject << /F 5 0 R >>", more=forms)


def page_tree(depth):
    nodes = [b"<< /Type /Pages /Count %d /Kids [%s] >>" % (2 ** (depth - i), b"%d 0 R " % (i + 3) * 2) for i in range(depth)]
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 99 99] >>"])


def jpeg(width, height, body):
    tables = b"\xff\xdb\0\x43\0" + bytes([1]) * 64 + b"\xff\xc4\0\x14\0" + bytes([1] + [0] * 15) + b"\0" \
        + b"\xff\xc4\0\x14\x10" + bytes([1] + [0] * 15) + b"\0"
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\1\1\x11\0"
    return b"\xff\xd8" + tables + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + body + b"\xff\xd9"


def bombs():
    zeros = packed_zeros(256 << 20)
    deflated = packed_zeros(90 << 20)
    chain = zlib.compress(zlib.compress(packed_zeros(1 << 30)))
    flood = [tags(8, 8, 1, 64)] * 5000
    return {
        "png-decompression.png": png(400, 400, zeros),
        "png-giant-side.png": png(4_000_000_000, 4_000_000_000, zlib.compress(b"")),
        "png-profile.png": png(60, 60, zlib.compress(bytes(61 * 60)), chunk(b"iCCP", b"x\0\0" + zeros)
                               + chunk(b"zTXt", b"x\0\0" + zeros) * 8),
        "tiff-decompression.tif": tiff([tags(12_000, 7_500, 8, len(deflated))], deflated),
        "tiff-pages.tif": tiff(flood, bytes(64)),
        "tiff-cycle.tif": tiff([tags(8, 8, 1, 64)] * 3, bytes(64), loop=1),
        "tiff-tile.tif": tiff([tags(64, 64, 1, 64) + [(322, 4, 1, 1 << 30), (323, 4, 1, 1 << 30)]], bytes(64)),
        "pdf-flate-chain.pdf": page_pdf(stream(chain, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")),
        "pdf-nested-forms.pdf": nested_forms(12),
        "pdf-page-tree.pdf": page_tree(38),
        "pdf-page-tree-loop.pdf": pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]),
        "pdf-giant-box.pdf": page_pdf(stream(b"0 0 9 9 re f"), box=b"0 0 9000000 9000000"),
        "pdf-giant-image.pdf": page_pdf(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject << /I 5 0 R >>", more=[
            stream(zeros, b"/Type /XObject /Subtype /Image /Width 90000 /Height 90000 /BitsPerComponent 8 "
                   b"/ColorSpace /DeviceRGB /Filter /FlateDecode")]),
        "jpeg-hollow.jpg": jpeg(19_000, 7_800, b"\0" * 40),
        "jpeg-blank.jpg": jpeg(16_000, 9_000, b"\0" * 600_000),
    }


def manifest(folder):
    with open(folder / "MANIFEST.tsv", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield str(folder / row["file"]), row["class"], row["expected"]


def p95(values):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else 0.0


def soak(entries, good, every):
    done = subprocess.run([SOAK, good, str(every)], input="".join(path + "\n" for path, _, _ in entries), text=True,
                          stdout=subprocess.PIPE)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    alone = [t["good_ms"] for t in told if not t["file"]]
    told = [t for t in told if t["file"]]
    if done.returncode != 0 or len(told) != len(entries):
        sys.exit(f"the reader's parent ended with {done.returncode} after {len(told)} of {len(entries)} files")
    return alone, told


def over_time(told):
    return told["ms"] > MS_A_PAGE * (told["pages"] + 1) + 1000


def print_classes(entries, told):
    groups = collections.defaultdict(list)
    for (_, kind, expected), one in zip(entries, told):
        groups[kind].append((expected, one))
    for kind, members in sorted(groups.items()):
        outcomes = collections.Counter(one["outcome"] for _, one in members)
        wanted = [(e, o) for e, o in members if e in ("read", "refused")]
        agreed = sum(e == o["outcome"] or (e == "refused" and o["station"] != "taken") for e, o in wanted)
        damaged = sum(o["damaged"] > 0 and o["outcome"] == "read" for _, o in members)
        at_door = sum(o["station"] != "taken" for _, o in members)
        slowest = max(o["ms"] for _, o in members)
        print(f"  {kind:<14} n {len(members):<4} read {outcomes['read']:<4} (of them marked damaged {damaged}), refused "
              f"{outcomes['refused']:<4} child died {outcomes['died']:<3} over time {sum(over_time(o) for _, o in members)}; "
              f"as expected {agreed}/{len(wanted)}; the station turns away {at_door}; slowest {slowest / 1000:.1f} s")
    codes = collections.Counter(one["code"] for one in told if one["outcome"] != "read")
    print("  codes: " + ", ".join(f"{code or 'NONE'} {n}" for code, n in codes.most_common()))


OFF_THE_LIST = {"page.unknown_format", "page.compression", "page.bits", "page.side", "page.pixels", "page.memory"}


def print_legal(entries, told):
    legal = [one for (_, kind, _), one in zip(entries, told)
             if kind == "valid-odd" and not (one["outcome"] == "refused" and one["code"] in OFF_THE_LIST)]
    seen = sum(one["outcome"] == "read" for one in legal)
    whole = sum(one["outcome"] == "read" and one["damaged"] == 0 for one in legal)
    if legal:
        print(f"  legal files of the closed list and within the limits: read {seen}/{len(legal)} = "
              f"{100 * seen / len(legal):.1f} %, of them without a mark of damage {whole}")


def print_waits(entries, told, alone):
    bad = {"broken", "hostile", "encrypted", "not-an-image", "bomb"}
    behind = [t["ms"] + t["good_ms"] for (_, kind, _), t in zip(entries, told) if t["good_ms"] > 0 and kind in bad]
    if behind and alone:
        print(f"  p95 of a letter alone {p95(alone):.0f} ms (n {len(alone)}), behind a bad file {p95(behind):.0f} ms "
              f"(n {len(behind)}): {p95(behind) / p95(alone):.2f} times")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("--every", type=int, default=5, help="a good letter is read behind every N-th file")
    ask.add_argument("--list", action="store_true", help="say what became of each file")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([VAGUEMESTRE, "specimen", "--count", "1", "--seed", "7", "--out", folder], check=True,
                       stdout=subprocess.DEVNULL)
        truth = json.loads(next(pathlib.Path(folder).glob("*.truth.json")).read_text())
        entries = list(manifest(args.folder))
        for name, content in bombs().items():
            (pathlib.Path(folder) / name).write_bytes(content)
            entries.append((f"{folder}/{name}", "bomb", "any"))
        alone, told = soak(entries, pathlib.Path(folder) / truth["file"], args.every)
    if args.list:
        for (path, kind, expected), one in zip(entries, told):
            print(f"  {kind}/{pathlib.Path(path).name}: {one['outcome']} {one['code']} station {one['station']} expected "
                  f"{expected} seen {one['seen']}/{one['pages']} damaged {one['damaged']} {one['ms']:.0f} ms")
    print(f"{len(entries)} files, of them {len(entries) - len(list(manifest(args.folder)))} bombs of our own")
    print_classes(entries, told)
    print_legal(entries, told)
    print_waits(entries, told, alone)
    unexplained = [t["file"] for t in told if t["outcome"] != "read" and not t["code"]]
    late = [t["file"] for t in told if over_time(t)]
    if unexplained or late:
        sys.exit(f"without a reason: {unexplained}; over time: {late}")


if __name__ == "__main__":
    main()
