#!/usr/bin/env python3
"""Makes models/words/words.txt: French first names, family names and words as people write them into boxes.

    models/words/make.py

Fetches Debian's package named below into a temporary folder (apt-get download, dpkg-deb). A line is a word and what it is, "g" a
first name, "f" a family name, "w" any other: capitals without accents, pieces of compounds each by itself. The last line is
"checksum" and FNV-1a 64 of all before it.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "towns"))
from make import fnv1a, folded

PACKAGE = "hunspell-fr-classical=1:7.0-1"
HERE = Path(__file__).resolve().parent
KINDS = {"prn": "g", "patr": "f", "npr": "w", "nom": "w", "adj": "w", "nb": "w"}
LONGEST, LONGEST_PLURAL = 13, 9


def forms_of(word, tags):
    """The word, and of nouns and adjectives their plural and their feminine, by the plainest rules."""
    yield word
    if not {"po:nom", "po:adj"} & set(tags) or len(word) > LONGEST_PLURAL or word[-1] in "SXZ":
        return
    yield word + ("X" if word.endswith(("AU", "EU")) else "S")
    if "po:adj" in tags and word[-1] != "E":
        yield word + "E"


def words_of(dictionary):
    kinds = {}
    for line in dictionary.splitlines()[1:]:
        entry, *tags = line.split()
        own = {KINDS[tag[3:]] for tag in tags if tag.startswith("po:") and tag[3:] in KINDS}
        for piece in re.split(r"[-' ]", folded(entry.split("/")[0])) if own else []:
            if re.fullmatch(f"[A-Z]{{2,{LONGEST}}}", piece):
                for form in forms_of(piece, tags):
                    kinds.setdefault(form, set()).update(own)
    return kinds


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True, capture_output=True)
        subprocess.run(["dpkg-deb", "-x", str(next(Path(folder).glob("*.deb"))), folder], check=True)
        dictionary = (Path(folder) / "usr/share/hunspell/fr.dic").read_text(encoding="utf-8")
    kinds = words_of(dictionary)
    body = "".join(f"{word};{''.join(sorted(kinds[word]))}\n" for word in sorted(kinds)).encode()
    (HERE / "words.txt").write_bytes(body + f"checksum {fnv1a(body):016x}\n".encode())
    print(f"{len(kinds)} words, {len(body)} bytes")


if __name__ == "__main__":
    main()
