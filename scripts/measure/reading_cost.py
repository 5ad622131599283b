"""What reading costs: against recollindex, and a scan on one core."""
import os
import re
import shutil
import statistics
import subprocess
import tempfile

from documents import make
from . import reading

PDFS = 3600
RECOLL = """topdirs = {files}
indexedmimetypes = application/pdf
skippedPaths =
followLinks = 0
loglevel = 1
"""


def cpu_of(command, environment=None):
    """-> CPU seconds of a program and of all it started and waited for."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL,
                             env={**os.environ, **(environment or {})})
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def ours(paths):
    """One process, as the registry keeps its readers."""
    return cpu_of([reading.reader(), *paths])


def peer(folder, files):
    settings = os.path.join(folder, "recoll")
    shutil.rmtree(settings, ignore_errors=True)
    os.makedirs(settings)
    with open(os.path.join(settings, "recoll.conf"), "w",
              encoding="utf-8") as file:
        file.write(RECOLL.format(files=files))
    seconds = cpu_of(["recollindex", "-c", settings, "-z"],
                     {"HOME": folder, "RECOLL_CONFDIR": settings})
    return seconds, indexed(settings)


def indexed(settings):
    """How many documents the peer's index holds; the folder counts too."""
    with subprocess.Popen(
            ["xadump", "-d", os.path.join(settings, "xapiandb"), "-T"],
            stdout=subprocess.PIPE, text=True) as dump:
        first = dump.stdout.readline()
        dump.kill()
    count = re.search(r"ndocs (\d+)", first)
    return int(count[1]) - 1 if count else 0


def text_of_pdfs(wish, table, folder):
    measure = f"text of {PDFS} distinct PDFs"
    table.aim(measure, ratio=0.25)
    files = os.path.join(folder, "files")
    os.makedirs(files)
    print(f"bench: making {PDFS} PDFs", flush=True)
    paths = []
    for number in range(PDFS):
        label = make.write("tune", "cost", number, files, "digital")
        paths.append(os.path.join(files, label["file"]))
        os.unlink(paths[-1] + ".json")
    for i in range(wish.runs):
        mine = ours(paths)
        other, count = peer(folder, files)
        print(f"bench: run {i + 1}: ours {mine:.2f} s, recollindex "
              f"{other:.2f} s ({count} in its index)", flush=True)
        if count != PDFS:
            raise RuntimeError("recollindex left some out")
        table.add(measure, "s", "ours", mine)
        table.add(measure, "s", "peer", other)


def scans(wish, table, folder):
    measure = "an A4 scan on one core"
    table.aim(measure, value=1.5)
    for number in range(max(wish.runs, 5)):
        path = one_page_scan(number, folder)
        table.add(measure, "s", "ours", cpu_of(
            [reading.reader(), path],
            {"OMP_THREAD_LIMIT": "1"}))
    print("bench: scans in s: " + ", ".join(
        f"{x:.2f}" for x in table.values[(measure, "s")]["ours"])
        + f"; median {statistics.median(table.values[(measure, 's')]['ours']):.2f}")


def one_page_scan(number, folder):
    """A letter: its first page only, as most are."""
    from documents import scan
    doc, sheet = make.describe("tune", "cost", number * 10)
    content = scan.one_page(doc, sheet, number)
    path = os.path.join(folder, f"scan-{number}.pdf")
    with open(path, "wb") as file:
        file.write(content)
    return path


def run(wish, table):
    folder = tempfile.mkdtemp(prefix="so-van-ban-reading-", dir="/var/tmp")
    try:
        text_of_pdfs(wish, table, folder)
        scans(wish, table, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return None
