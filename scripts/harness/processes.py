"""Children that end when we end, free ports, waiting with a deadline."""
import ctypes
import os
import resource
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def die_with_parent_many_files():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    die_with_parent()


def start(command, many_files=False, **options):
    """Popen; the child gets SIGTERM when this process is gone."""
    prepare = die_with_parent_many_files if many_files else die_with_parent
    return subprocess.Popen(command, preexec_fn=prepare, **options)


def stop(process, seconds=15):
    """SIGTERM, then SIGKILL when it does not listen. -> exit status."""
    if process is None or process.poll() is not None:
        return process.returncode if process else None
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def free_ports(count):
    """Ports of the loopback that nobody listens on at this moment."""
    sockets = []
    for _ in range(count):
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        sockets.append(s)
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def wait_until(condition, seconds, what, pause=0.05):
    """The first true answer of `condition`, asked every `pause` seconds;
    TimeoutError after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(pause)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def reachable_by_all(path):
    """May every user go through the folders above `path`?"""
    path = os.path.abspath(path)
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def memory_of(pids):
    """PSS in KiB of processes and all their children; 0 for those gone."""
    total = 0
    for pid in family(pids):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                for line in file:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        except (OSError, ValueError):
            pass
    return total


def family(pids):
    """The processes and everything they started."""
    known, waiting = set(), list(pids)
    while waiting:
        pid = waiting.pop()
        if pid in known:
            continue
        known.add(pid)
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children",
                          encoding="ascii") as file:
                    waiting += map(int, file.read().split())
        except OSError:
            pass
    return known
