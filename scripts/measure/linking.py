"""Links of a half year of letters, held against what is known of them.

Automatic: of the links made at once, how many are right. First: of the letters
that show anything, how many show the right thing first. Found: of what there
is to find, how much is shown at all, at any place."""
import collections
import json
import os
import shutil
import subprocess
import tempfile

from harness import product

from . import linking_year

AIMS = (("automatic", 0.999), ("first", 0.97), ("found", 0.95))
# What differs only in how a copy came about is one answer: the letter joins
# that entry.
SAME = {"duplicate": "copy", "twin": "copy", "forward": "copy"}


def kind_of(name):
    return SAME.get(name, name)


class Marks:
    """Right and all, by group of letters."""

    def __init__(self):
        self.right = collections.Counter()
        self.all = collections.Counter()

    def add(self, group, right):
        for name in (group, "all"):
            self.all[name] += 1
            self.right[name] += bool(right)

    def share(self, group):
        return self.right[group] / self.all[group] if self.all[group] else None

    def text(self, group):
        share = self.share(group)
        if share is None:
            return "-"
        return f"{100 * share:.2f} % of {self.all[group]}"


class Result:
    def __init__(self, events):
        self.letters = {e["key"]: e for e in events if e["op"] == "in"}
        self.keys, self.waiting = {}, {}
        self.marks = {name: Marks() for name, _ in AIMS}
        self.wrong = []
        self.speed = {}
        self.reports = []

    def target(self, link):
        if link["entry"]:
            return self.keys.get(link["entry"])
        return self.waiting.get(link["other"])

    def is_right(self, letter, link):
        return any(kind_of(kind) == kind_of(link["kind"]) and
                   key == self.target(link) for kind, key in letter["truth"])

    def judge(self, answer):
        letter = self.letters[answer["key"]]
        group, links = letter["group"], answer["links"]
        right = [self.is_right(letter, link) for link in links]
        for link, good in zip(links, right):
            if link["state"] == "linked":
                self.marks["automatic"].add(group, good)
                if not good:
                    self.note(letter, link, "automatic")
        if links:
            self.marks["first"].add(group, right[0])
            if not right[0]:
                self.note(letter, links[0], "first")
        for kind, key in letter["truth"]:
            found = any(kind_of(link["kind"]) == kind_of(kind) and
                        self.target(link) == key for link in links)
            self.marks["found"].add(group, found)
            if not found:
                self.note(letter, None, "found")

    def note(self, letter, link, what):
        self.wrong.append((what, letter["group"], letter["key"],
                           letter["truth"], link and
                           {**link, "target": self.target(link)}))

    def take(self, line):
        answer = json.loads(line)
        if "links" in answer:
            self.waiting[answer["letter"]] = answer["key"]
            self.judge(answer)
        elif "entry" in answer:
            self.keys[answer["entry"]] = answer["key"]
        elif "report" in answer:
            self.reports.append(answer)
        else:
            self.speed = answer


def play(wish, program_path, noise):
    folder = tempfile.mkdtemp(prefix="so-van-ban-linking-", dir="/var/tmp")
    try:
        path = os.path.join(folder, "events.jsonl")
        events = linking_year.write(path, int(wish.seed), wish.letters or 5000,
                                    (wish.letters or 5000) * 2 // 5, noise)
        result = Result(json.loads(json.dumps(events, default=str)))
        done = subprocess.run(
            [program_path, os.path.join(folder, "data"), path],
            capture_output=True, text=True, check=False)
        if done.returncode:
            raise product.Failure(f"bench_linking: {done.stderr[-400:]}")
        for line in done.stdout.splitlines():
            result.take(line)
        return result
    finally:
        if not wish.keep:
            shutil.rmtree(folder, ignore_errors=True)


def show(result, title):
    groups = sorted(g for g in result.marks["first"].all.keys()
                    | result.marks["found"].all.keys() if g != "all")
    print(f"\n{title}\n{'letters':12} " + " ".join(
        f"{name:>20}" for name, _ in AIMS))
    for group in [*groups, "all"]:
        print(f"{group:12} " + " ".join(
            f"{result.marks[name].text(group):>20}" for name, _ in AIMS))
    print(f"CPU per letter: mean {result.speed['mean_us']} us, worst "
          f"{result.speed['worst_us']} us; {result.speed['letters']} letters")


def program():
    """Not among what is built for people."""
    path = os.path.join(os.environ["BIN"], "bench_linking")
    subprocess.run(["cmake", "--build", os.path.dirname(os.environ["BIN"]),
                    "--target", "bench_linking"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def run(wish, table):
    path = program()
    for noise in (False, True):
        title = "fields misread" if noise else "fields as written"
        result = play(wish, path, noise)
        show(result, title)
        for line in result.wrong[:wish.wrong]:
            print("wrong", *line)
        for name, aim in AIMS:
            share = result.marks[name].share("all") or 0.0
            table.aim(f"{title}: {name}, wrong", value=100 - 100 * aim)
            table.add(f"{title}: {name}, wrong", "%", "ours",
                      100 - 100 * share)
