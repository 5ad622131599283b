"""The reader against labelled documents: what it proposes, and its cost."""
import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

from documents import make
from . import reading_cost, reading_judge as judge

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join(HERE, "..", "documents")
BATCH = 25
FORMS = ("digital", "docx", "scan", "coarse scan")
DIGITAL = {"symbol": 0.99, "document_day": 0.99, "issuer": 0.99,
           "type": 0.99, "subject": 0.97, "signer_name": 0.97,
           "due_day": 0.95}
SCAN = {"symbol": 0.95, "document_day": 0.96, "issuer": 0.95,
        "subject": 0.90}
AIMS = {"digital": DIGITAL, "docx": DIGITAL, "scan": SCAN}
WRONGLY_SURE = 0.005


def source_digest(part, form):
    """Of all that decides how the documents look."""
    others = {"tune": ("kept", "trial"), "trial": ("kept",),
              "kept": ("tune", "trial")}[part]
    drawers = {"digital": ("paint",), "docx": ("word",),
               "scan": ("paint", "scan")}[form]
    digest = hashlib.sha256()
    for name in sorted(os.listdir(PACKAGE)):
        stem = name[:-3]
        if not name.endswith(".py") or stem.startswith(others) or \
                stem.startswith("__") or \
                stem in ("paint", "word", "scan") and stem not in drawers:
            continue
        with open(os.path.join(PACKAGE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:12]


def make_one(job):
    part, seed, number, form, folder = job
    return make.write(part, seed, number, folder, form)


def prepare(part, wish):
    """Makes what is missing; -> labels with paths."""
    base = os.path.join(os.path.dirname(programs()), "documents")
    jobs, labels = [], []
    count = wish.count or {"tune": 400, "trial": 400, "kept": 200}[part]
    for number in range(count):
        form = make.form_of(number)
        if wish.only and form not in wish.only.split(","):
            continue
        folder = os.path.join(base, f"{wish.seed}-{part}-{form}-"
                                    f"{source_digest(part, form)}")
        os.makedirs(folder, exist_ok=True)
        known = find(folder, part, number)
        if known:
            labels.append(known)
        else:
            jobs.append((part, wish.seed, number, form, folder))
    if jobs:
        print(f"bench: making {len(jobs)} documents ({part})", flush=True)
        with multiprocessing.Pool(2) as pool:
            made = pool.map(make_one, jobs, 4)
        for job, label in zip(jobs, made):
            labels.append({**label, "path": os.path.join(job[4],
                                                         label["file"])})
    return labels


def find(folder, part, number):
    for suffix in ("pdf", "docx", "jpg", "tif"):
        path = os.path.join(folder, f"{part}-{number:05d}.{suffix}")
        if os.path.exists(path + ".json"):
            with open(path + ".json", encoding="utf-8") as file:
                return {**json.load(file), "path": path}
    return None


def programs():
    return os.path.abspath(os.environ.get(
        "BIN", os.path.join(HERE, "..", "..", "build", "bin")))


def reader():
    return os.path.join(programs(), "registry-reader")


def read(paths):
    """-> answers in order, CPU seconds; a lost answer is {}."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            [reader(), *paths], stdout=out, stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        lines = out.read().decode("utf-8", "replace").splitlines()
    cpu = usage.ru_utime + usage.ru_stime
    if len(lines) != len(paths):
        if len(paths) == 1:
            return [{}], cpu
        halves = [read(half) for half in
                  (paths[:len(paths) // 2], paths[len(paths) // 2:])]
        return (halves[0][0] + halves[1][0],
                cpu + halves[0][1] + halves[1][1])
    return [json.loads(line) for line in lines], cpu


def group_of(label):
    return "coarse scan" if label["form"] == "scan" and \
        label.get("dpi", 300) < 200 else label["form"]


class Result:
    """Of one part."""

    def __init__(self, part):
        self.part = part
        self.tallies = {}       # (form, field) -> Tally
        self.cost = {}          # form -> [documents, pages, cpu, wall]
        self.errors = {}        # form -> [errors of the text, of the subject]
        self.secrets = [0, 0, 0]    # stamped, found, false alarms
        self.misses = []

    def add(self, label, answer):
        form = group_of(label)
        self.add_secret(label, answer)
        if label["secret"]:     # nothing else may be read then
            return
        for field in judge.ONE:
            tally = self.tallies.setdefault((form, field), judge.Tally())
            proposal = judge.best(answer, field)
            fault = tally.add(label, field, proposal)
            if fault:
                self.misses.append((fault, field, label, proposal))
        for field in judge.MANY:
            tally = self.tallies.setdefault((form, field), judge.Tally())
            tally.add_many(label, field, [
                x for x in judge.proposals(answer)
                if x.get("field") == field])
        self.add_errors(form, label, answer)

    def add_secret(self, label, answer):
        seen = (answer.get("letterhead") or {}).get("secret")
        if label["secret"]:
            self.secrets[0] += 1
            self.secrets[1] += bool(seen)
        elif seen:
            self.secrets[2] += 1

    def add_errors(self, form, label, answer):
        errors = self.errors.setdefault(form, ([], []))
        proposal = judge.best(answer, "subject")
        if proposal:
            errors[1].append(min(1, judge.error_of(
                label["subject"], proposal.get("value", ""))))
        text = judge.plain(answer.get("text", ""))
        for line in label["text"].split("\n"):
            line = judge.plain(line)
            if len(line) > 20 and text:
                errors[0].append((judge.distance(line, text, True),
                                  len(line)))


def measure(part, wish):
    result = Result(part)
    labels = prepare(part, wish)
    for form in ("digital", "docx", "scan"):
        own = [x for x in labels if x["form"] == form]
        for i in range(0, len(own), BATCH):
            batch = own[i:i + BATCH]
            begun = time.monotonic()
            answers, cpu = read([x["path"] for x in batch])
            cost = result.cost.setdefault(form, [0, 0, 0.0, 0.0])
            for label, answer in zip(batch, answers):
                result.add(label, answer)
                cost[0] += 1
                cost[1] += max(answer.get("total_pages") or 0, 1)
            cost[2] += cpu
            cost[3] += time.monotonic() - begun
        if own:
            print(f"bench: {part}, {form}: {len(own)} read", flush=True)
    return result


def share(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "-"


def row(result, form, field):
    """One part's columns of a line, and whether its aims are met."""
    tally = result.tallies.get((form, field))
    if tally is None:
        return f"{'':45}", None
    aim = AIMS.get(form, {}).get(field)
    met = None
    if aim is not None and tally.stated:
        met = tally.right / tally.stated >= aim
    if tally.sure and tally.wrongly_sure / tally.sure > WRONGLY_SURE:
        met = False
    return (f"{tally.stated:6} {share(tally.found, tally.stated):>6} "
            f"{share(tally.right, tally.stated):>6} {tally.wrong:5} "
            f"{tally.invented:5} {share(tally.sure, tally.stated):>6} "
            f"{tally.wrongly_sure:5}"), met


def show(results):
    names = "".join(f"| {r.part + ' (of those stated, %)':43}"
                    for r in results)
    print(f"\n{'source':11} {'field':16} {names}")
    columns = (f"|{'stated':>6} {'found':>6} {'right':>6} {'wrong':>5} "
               f"{'inv.':>5} {'sure':>6} {'false':>5}")
    print(f"{'':28} {columns * len(results)} | aim")
    for form in FORMS:
        for field in judge.ONE + judge.MANY:
            cells = [row(r, form, field) for r in results]
            if all(not cell.strip() for cell, _ in cells):
                continue
            aim = AIMS.get(form, {}).get(field)
            marks = [{None: "", True: "ok", False: "missed"}[met]
                     for _, met in cells]
            print(f"{form:11} {field:16} " +
                  "".join(f"|{cell}" for cell, _ in cells) +
                  f" | {f'{100 * aim:.0f}' if aim else '-':>3} "
                  f"{' / '.join(marks) if any(marks) else ''}".rstrip())
    print("inv.: proposed though nothing is stated; sure: confidence "
          f">= {judge.SURE};\nfalse: sure and wrong or invented (aim: at most "
          f"{100 * WRONGLY_SURE} % of the sure)")
    for result in results:
        show_rest(result)


def show_rest(result):
    for form, (documents, pages, cpu, wall) in result.cost.items():
        print(f"{result.part}, {form}: {documents} documents, {pages} pages, "
              f"{1000 * cpu / documents:.1f} ms CPU a document, "
              f"{pages / cpu if cpu else 0:.1f} pages a CPU second, "
              f"{pages / wall if wall else 0:.1f} pages a second")
    for form, (text, subjects) in result.errors.items():
        length = sum(n for _, n in text)
        print(f"{result.part}, {form}: character error of the text "
              f"{100 * sum(e for e, _ in text) / length if length else 0:.2f}"
              f" %, of the subject "
              f"{100 * sum(subjects) / max(len(subjects), 1):.2f} %")
    stamped, found, false = result.secrets
    print(f"{result.part}: secret stamps {stamped}, found {found}, "
          f"false alarms {false}")


def show_misses(result, count, only):
    print(f"\n{result.part}: what is wrong")
    fields = only.split(",") if only else None
    for fault, field, label, proposal in result.misses:
        if fields and field not in fields:
            continue
        if count <= 0:
            break
        count -= 1
        said = proposal or {}
        print(f"{fault:8} {field:15} {os.path.basename(label['path'])} "
              f"({label['layout']}; {', '.join(label['notes'])})\n"
              f"    meant {label[field]!r}\n"
              f"    got   {said.get('value')!r}, seen {said.get('seen')!r}, "
              f"sure {said.get('confidence')}")


def as_rows(results):
    return [{"part": r.part, "source": form, "field": field, **vars(tally)}
            for r in results for (form, field), tally in r.tallies.items()]


def add_wishes(parser):
    group = parser.add_argument_group("reading")
    group.add_argument("--part", choices=("kept", "tune", "trial", "both"),
                       default="both")
    group.add_argument("--count", type=int, default=0,
                       help="documents of each part (400 tune and trial, 200 kept)")
    group.add_argument("--seed", default="1")
    group.add_argument("--wrong", type=int, default=0,
                       help="print so many wrong proposals (of tune; of kept "
                            "only with --part kept)")
    group.add_argument("--fields", default="", help="of --wrong")
    group.add_argument("--cost", action="store_true",
                       help="against recollindex, and a scan's seconds")


def run(wish, table):
    """-> rows for --json"""
    if not os.path.exists(reader()):
        sys.exit(f"bench: there is no {reader()}")
    if wish.cost:
        return reading_cost.run(wish, table)
    parts = ("tune", "kept") if wish.part == "both" else (wish.part,)
    results = [measure(part, wish) for part in parts]
    show(results)
    for result in results:
        if wish.wrong and (result.part != "kept" or wish.part == "kept"):
            show_misses(result, wish.wrong, wish.fields)
    return as_rows(results)
