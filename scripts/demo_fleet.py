#!/usr/bin/python3
"""Writes the mail of an invented agency into Maildirs, and what is in it.

  demo_fleet.py --out DIR [--scale demo|bench] [--mailboxes N] [--letters N]
                [--seed N] [--day YYYY-MM-DD]

DIR/home/USER/Maildir/{cur,new,tmp}   one a mailbox
DIR/truth.jsonl     a line a letter: mailbox, ordinal (the ordinal-th smallest
                    UID), raw_sha256, kind, document, attachments
DIR/mailboxes.json  user, unit, owner, shared
DIR/people.json     those who log in to the register: name, login, unit, role

The same arguments give the same bytes. `demo`: 300 mailboxes, 1,500 letters.
`bench`: 300 x 24 letters, about 1.9 GB, files as large as in the field
(median about 0.1 MB, one of 20 MB), 27 % of them sent more than once.
"""
import argparse
import datetime
import hashlib
import json
import multiprocessing
import os
import random
from dataclasses import asdict, dataclass

from fleet import agency, documents, letters, mime, real

ZONE = datetime.timezone(datetime.timedelta(hours=7))
SCALES = {"demo": (300, 1500), "bench": (300, 7200)}
# kinds and how many of a hundred thousand letters are of them
MIX = {"demo": {"document": 58000, "forward": 8000, "chatter": 16000,
                "receipt": 4000, "bounce": 4000, "winmail": 3000,
                "invitation": 4000, "signed": 3000},
       "bench": {"document": 72472, "forward": 8083, "chatter": 12097,
                 "receipt": 3556, "bounce": 3792}}
WITH_DOCUMENT = {"document", "forward", "winmail", "invitation", "signed"}
LARGEST = 20_000_000


@dataclass(frozen=True)
class Plan:
    number: int
    kind: str
    document: int   # -1: none


def make_plans(seed, scale, count):
    """Which letter has which kind and document; some documents come again,
    as they do when an agency writes to many boxes at once."""
    rng = random.Random(f"{seed}/plan")
    kinds = list(MIX[scale])
    wanted = []
    for kind in kinds:
        wanted += [kind] * round(MIX[scale][kind] * count / 100000)
    wanted = (wanted + ["document"] * count)[:count]
    rng.shuffle(wanted)
    plans, documents_made = [], 0
    for number, kind in enumerate(wanted):
        document = -1
        if kind in WITH_DOCUMENT:
            if documents_made > 3 and rng.random() < 0.30:
                document = max(0, documents_made - rng.randint(1, 40))
            else:
                document = documents_made
                documents_made += 1
        plans.append(Plan(number, kind, document))
    return plans


class Clock:
    """Working hours of the two weeks before `day`, mostly the last ones."""

    def __init__(self, day):
        self.day = day

    def __call__(self, rng):
        back = min(int(rng.expovariate(0.45)), 13)
        start = datetime.datetime.combine(
            self.day - datetime.timedelta(days=back), datetime.time(7, 15),
            ZONE)
        return start + datetime.timedelta(seconds=rng.randint(0, 14400))


class Sizes:
    """Of main files in the bench; a class, for worker processes."""

    def __init__(self, seed):
        self.seed = seed

    def __call__(self, number):
        if number == 7:
            return LARGEST
        return documents.sample_size(
            random.Random(f"{self.seed}/size/{number}"))


def write_mailbox(out, box, plans, writer):
    """-> truth lines."""
    folder = os.path.join(out, "home", box.user, "Maildir")
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, name))
    made = []
    for plan in plans:
        content, found, moment = writer.letter(plan, box)
        made.append((moment, plan, content, found))
    made.sort(key=lambda item: (item[0], item[1].number))
    lines = []
    for ordinal, (moment, plan, content, found) in enumerate(made, 1):
        seconds = int(moment.timestamp())
        served = mime.wire(content)
        path = os.path.join(folder, "cur", f"{1700000000 + ordinal}."
                            f"M{plan.number}P1.mail,S={len(content)},"
                            f"W={len(served)}:2,")
        with open(path, "wb") as file:
            file.write(content)
        os.utime(path, (seconds, seconds))
        lines.append(json.dumps({
            "mailbox": box.user, "ordinal": ordinal, "file": plan.kind,
            "status": "unanimous", "document": plan.document,
            "raw_sha256": hashlib.sha256(served).hexdigest(),
            "bytes": len(served), "n": len(found),
            "n_link": sum(a["class"] in ("file", "message") for a in found),
            "attachments": found}, ensure_ascii=False))
    return lines


def write_share(job):
    """One worker's mailboxes."""
    out, seed, day, scale, share = job
    writer = letters.Writer(seed, Clock(day),
                            Sizes(seed) if scale == "bench" else None,
                            120 if scale == "bench" else 2000,
                            real if scale == "demo" else None)
    return [(box.user, write_mailbox(out, box, plans, writer))
            for box, plans in share]


def make_fleet(out, scale="demo", mailboxes=None, count=None, seed=1,
               day=None):
    """-> (mailboxes, letters). `out` must not hold a fleet yet."""
    boxes_wanted, letters_wanted = SCALES[scale]
    boxes_wanted = mailboxes or boxes_wanted
    count = count or letters_wanted
    day = day or datetime.date.today()
    rng = random.Random(f"{seed}/agency")
    people = agency.make_people(rng, max(boxes_wanted, 40))
    boxes = agency.make_mailboxes(people, boxes_wanted)
    plans = make_plans(seed, scale, count)
    # neighbours in time go to different boxes, each box gets as many
    shares = [(box, plans[i::len(boxes)]) for i, box in enumerate(boxes)]
    workers = min(2, os.cpu_count() or 1)
    half = (len(shares) + workers - 1) // workers
    jobs = [(out, seed, day, scale, shares[i:i + half])
            for i in range(0, len(shares), half)]
    with multiprocessing.Pool(workers) as pool:
        done = [item for part in pool.map(write_share, jobs) for item in part]
        pool.close()    # not terminated: that is for emergencies
        pool.join()
    with open(os.path.join(out, "truth.jsonl"), "w", encoding="utf-8") as f:
        for _, lines in done:
            f.writelines(line + "\n" for line in lines)
    for name, things in (("mailboxes", boxes), ("people", people[:40])):
        with open(os.path.join(out, name + ".json"), "w",
                  encoding="utf-8") as f:
            json.dump([asdict(thing) for thing in things], f,
                      ensure_ascii=False, indent=1)
    return len(boxes), count


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.
        RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--scale", choices=SCALES, default="demo")
    parser.add_argument("--mailboxes", type=int)
    parser.add_argument("--letters", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day", type=datetime.date.fromisoformat)
    wish = parser.parse_args()
    boxes, count = make_fleet(wish.out, wish.scale, wish.mailboxes,
                              wish.letters, wish.seed, wish.day)
    print(f"{count} letters in {boxes} mailboxes: {wish.out}")


if __name__ == "__main__":
    main()
