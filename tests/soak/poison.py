#!/usr/bin/env python3
"""one letter in a hundred kills its reader or cannot be read: a person gets exactly these

  scripts/soak poison [--letters 3000]

Of the poisoned letters every second one takes its reader with it, the others make the reading fail. After three attempts
they go to a person unread; no other letter may, whoever stood beside them in a reader's hands.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import House, end_storm, temporary

EVERY = 101  # odd: both kinds come


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=3000)
    args = ask.parse_args()
    with temporary() as folder:
        with House(folder, readers=4) as house:
            house.start_station(args.letters, size=2000, poison=EVERY)
            house.until_filed(args.letters)
        poisoned = {f"S1-{n:07d}" for n in range(EVERY, args.letters + 1, EVERY)}
        unread = "instr(slip, CAST('handout.' AS BLOB)) OR instr(slip, CAST('reader.crashed' AS BLOB))"
        persons = {row[0] for row in house.ask(f"SELECT id FROM letters WHERE {unread}")}
        wrong = house.verdict(args.letters)
        if persons != poisoned:
            wrong.append(f"unread to a person though sound: {sorted(persons - poisoned)[:5]}; poisoned and not there: "
                         f"{sorted(poisoned - persons)[:5]}")
        died = sum(code == 86 for _, code, *_ in house.deaths)
        print(f"{args.letters} letters, {len(poisoned)} of them poisoned: {len(persons)} went to a person unread")
        end_storm({"poisoned letters": len(poisoned), "readers killed by them": died}, wrong)


if __name__ == "__main__":
    main()
