"""Registrations and searches through HTTP, with wrk."""
import os
import re
import shutil
import subprocess
import tempfile

from fleet import agency
from harness import product

HERE = os.path.dirname(os.path.abspath(__file__))


def run_wrk(registry, script, clients, seconds, *arguments):
    """-> requests, seconds, p50, p95, p99 in ms; every answer must be good."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s",
         "-s", os.path.join(HERE, script),
         f"http://127.0.0.1:{registry.port}", *map(str, arguments)],
        capture_output=True, text=True, check=False)
    result = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) ([\d.]+) "
                       r"([\d.]+)", done.stdout)
    if not result:
        raise product.Failure(f"wrk: {done.stdout}{done.stderr}")
    requests, wrong = int(result[1]), int(result[2])
    if wrong or not requests:
        sample = re.search(r"SAMPLE (.*)", done.stdout)
        raise product.Failure(f"{wrong} of {requests} answers were wrong: "
                              f"{sample[1] if sample else done.stdout}")
    return (requests, *map(float, result.groups()[2:]))


def fill(registry, cookie, entries):
    """Through the API, as everything else."""
    filled = 0
    while filled < entries:
        requests, seconds, *_ = run_wrk(registry, "register.lua", 64, 5,
                                        cookie, 1_000_000 + filled * 2)
        filled += requests
        print(f"bench: {filled} entries, {requests / seconds:.0f} a second",
              flush=True)
    return filled


def run(wish, table):
    table.aim("registration, 64 clients, p99", value=10)
    table.aim("search, p95", value=5)
    folder = tempfile.mkdtemp(prefix="so-van-ban-bench-", dir="/var/tmp")
    registry = product.Registry(os.path.join(folder, "data"))
    try:
        registry.init(agency.ORGANISATION)
        if not registry.serve():
            raise product.Failure(registry.log_tail())
        person = product.sign_in_clerk(registry)
        filled = fill(registry, person.cookie, wish.entries)
        for i in range(wish.runs):
            requests, seconds, p50, _, p99 = run_wrk(
                registry, "register.lua", 64, 5, person.cookie,
                50_000_000 + i * 1_000_000)
            table.add("registration, 64 clients, p99", "ms", "ours", p99)
            table.add("registration, 64 clients, median", "ms", "ours", p50)
            table.add("registrations a second", "1/s", "ours",
                      requests / seconds)
        for i in range(wish.runs):
            requests, seconds, p50, p95, _ = run_wrk(
                registry, "search.lua", 4, 5, person.cookie)
            table.add("search, p95", "ms", "ours", p95)
            table.add("search, median", "ms", "ours", p50)
            table.add("searches a second", "1/s", "ours", requests / seconds)
        print(f"bench: {filled} entries before the first measure")
    finally:
        registry.stop()
        shutil.rmtree(folder, ignore_errors=True)
