#!/usr/bin/env python3
"""A desk written from docs/wire.md alone: takes the next case of a queue, looks at it, acknowledges it.

    desk_worker.py --state DIR --queue QUEUE [--endpoint E] [--proto letter.proto] [--pages DIR] [--blind]

Prints the reference of the case. Exit: 0 acknowledged, 1 usage, 2 refused, 3 a module or protoc is
missing, 4 no answer, 5 nothing in the queue.
"""

import argparse
import importlib
import pathlib
import subprocess
import sys
import tempfile

EXIT_REFUSED, EXIT_MISSING, EXIT_NO_ANSWER, EXIT_EMPTY = 2, 3, 4, 5
PATIENCE_MS = 30_000

try:
    import tomllib

    import zmq
    import google.protobuf  # noqa: F401  (the generated slips need it)
except ImportError as missing:
    print(f"desk_worker: {missing}", file=sys.stderr)
    sys.exit(EXIT_MISSING)


def slips(proto: pathlib.Path):
    """The message types of letter.proto, generated into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(
                ["protoc", f"--python_out={folder}", f"-I{proto.parent}", proto.name], check=True
            )
        except FileNotFoundError:
            print("desk_worker: no protoc", file=sys.stderr)
            sys.exit(EXIT_MISSING)
        sys.path.insert(0, folder)
        try:
            return importlib.import_module(f"{proto.stem}_pb2")
        finally:
            sys.path.remove(folder)


class Refused(Exception):
    pass


class Desk:
    def __init__(self, state: pathlib.Path, key_name: str, endpoint: str, slip_types):
        self.slip_types = slip_types
        self.asked = 0
        own = tomllib.loads((state / "keys" / f"{key_name}.key").read_text())
        known = tomllib.loads((state / "keys" / "known.toml").read_text())["identity"]
        router = next(one for one in known if one["role"] == "router" and not one["revoked"])
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.curve_publickey = own["public_key"].encode()
        self.socket.curve_secretkey = own["secret_key"].encode()
        self.socket.curve_serverkey = router["public_key"].encode()
        self.socket.linger = 0
        self.socket.rcvtimeo = PATIENCE_MS
        self.socket.sndtimeo = PATIENCE_MS
        self.socket.connect(endpoint)

    def ask(self, verb: str, args=None, **fields):
        self.asked += 1
        errand = self.slip_types.Errand(
            request=str(self.asked), verb=verb, args=args or {}, end=1, **fields
        )
        self.socket.send_multipart([b"letter.errand/1", errand.SerializeToString()])
        while True:
            kind, slip, *pages = self.socket.recv_multipart()
            answer = self.slip_types.Answer.FromString(slip)
            if kind != b"letter.answer/1" or answer.end != 1:
                raise Refused("an answer that was cut")
            if answer.request in (errand.request, ""):
                break
        if answer.HasField("reason"):
            raise Refused(answer.reason.code)
        return answer, pages

    def close(self):
        self.socket.close()
        self.context.term()


def claim_next(desk: Desk, queue: str):
    """The reference and fencing number of the next case, or None. Somebody may be quicker: try again."""
    for _ in range(10):
        answer, _ = desk.ask("next", queue=queue)
        if not answer.rows:
            return None
        try:
            claim, _ = desk.ask("claim", ref=answer.rows[0].ref)
            return claim.rows[0], claim.fencing
        except Refused as refused:
            if str(refused) != "desk.claimed":
                raise
    return None


def look(desk: Desk, ref: str, folder):
    case, _ = desk.ask("open", ref=ref)
    for letter in case.file.letters:
        letter_id = letter.read.letter.id
        _, pdf = desk.ask("pages", {"as": "pdf", "letter": letter_id}, ref=ref)
        _, png = desk.ask("pages", {"as": "png", "letter": letter_id, "page": "1"}, ref=ref)
        if not all(page.startswith(b"%PDF-") for page in pdf) or not pdf:
            raise Refused("no PDF came")
        if len(png) != 1 or not png[0].startswith(b"\x89PNG\r\n\x1a\n"):
            raise Refused("no PNG came")
        if folder:
            (folder / f"{letter_id}.pdf").write_bytes(pdf[0])
            (folder / f"{letter_id}.png").write_bytes(png[0])


def acknowledge(desk: Desk, row, fencing):
    # Nothing leaves on a sending date that is contradicted or was read in doubt: the worker stands for who looked.
    if row.sent_on.conflict:
        desk.ask("correct", {"sent_on": row.sent_on.date, "reason": "relu"}, ref=row.ref, fencing=fencing)
    desk.ask("acknowledge", ref=row.ref, fencing=fencing)


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--state", type=pathlib.Path, required=True)
    options.add_argument("--queue", required=True)
    options.add_argument("--endpoint")
    options.add_argument("--proto", type=pathlib.Path, default=here.parents[1] / "letter" / "letter.proto")
    options.add_argument("--pages", type=pathlib.Path, help="keep the pages in this folder")
    options.add_argument("--blind", action="store_true", help="do not ask for the pages")
    try:
        chosen = options.parse_args()
    except SystemExit as asked:
        return 1 if asked.code else 0
    endpoint = chosen.endpoint or f"ipc://{chosen.state.absolute()}/ipc/desk"
    desk = Desk(chosen.state, chosen.queue, endpoint, slips(chosen.proto.resolve()))
    try:
        claimed = claim_next(desk, chosen.queue)
        if claimed is None:
            print("desk_worker: nothing in the queue", file=sys.stderr)
            return EXIT_EMPTY
        row, fencing = claimed
        if not chosen.blind:
            look(desk, row.ref, chosen.pages)
        acknowledge(desk, row, fencing)
        desk.ask("release", ref=row.ref, fencing=fencing)
        print(row.ref)
        return 0
    except Refused as refused:
        print(f"desk_worker: refused: {refused}", file=sys.stderr)
        return EXIT_REFUSED
    except zmq.Again:
        print("desk_worker: no answer", file=sys.stderr)
        return EXIT_NO_ANSWER
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(main())
