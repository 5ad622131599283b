"""What the tests of mailgw share: a folder that goes away, a fake registry, running mailgw and measuring it."""
import json, os, shutil, subprocess, sys, tempfile, threading, time
import fake_registry

BIN = fake_registry.BIN
SANITIZED = b'__asan_init' in open(f'{BIN}/mailgw', 'rb').read()


def tree(pid):
    """The process and all its children."""
    found = [pid]
    for p in found:
        try:
            found += [int(c) for t in os.listdir(f'/proc/{p}/task') for c in open(f'/proc/{p}/task/{t}/children').read().split()]
        except OSError:
            pass
    return found


def memory(pid):
    """Proportional memory (PSS) of the process tree in MB: shared pages count once."""
    total = 0
    for p in tree(pid):
        try:
            total += next(int(line.split()[1]) for line in open(f'/proc/{p}/smaps_rollup') if line.startswith('Pss:'))
        except (OSError, StopIteration):
            pass
    return total / 1024


class Bench:
    def __init__(self, name, keep_bodies=True):
        self.folder = tempfile.mkdtemp(prefix=f'svb-{name}-')
        os.chmod(self.folder, 0o755)
        self.registry = fake_registry.Registry(f'{self.folder}/registry', keep_bodies)
        self.failures, self.peak, self.started = [], 0, []

    def __enter__(self):
        self.registry.start()
        return self

    def __exit__(self, *error):
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                process.wait(20)
        self.registry.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, what, *more, ca=None):
        r = f'{self.folder}/registry'
        return [f'{BIN}/mailgw', what, '--registry', f'unix:{r}/registry.sock', '--token-file', f'{r}/gateway.token',
                '--key-file', f'{r}/gateway.key', *(['--ca', ca] if ca else []), *more]

    def start(self, what, *more, ca=None, **how):
        process = subprocess.Popen(self.command(what, *more, ca=ca), **how)
        self.started.append(process)
        return process

    def once(self, *more, ca=None, limit=120):
        """Exit code, events and standard error of `mailgw once`; watches its memory."""
        began = time.monotonic()
        process = self.start('once', *more, ca=ca, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        over = threading.Event()

        def watch():
            while not over.wait(0.05):
                self.peak = max(self.peak, memory(process.pid))
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            out, err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            raise SystemExit('mailgw once does not end')
        finally:
            over.set()
            watcher.join()
        self.seconds = time.monotonic() - began
        return process.returncode, [json.loads(line) for line in out.splitlines()], err

    def expect(self, promise, good, detail=''):
        print(('ok      ' if good else 'FAILED  ') + promise + (f'   ({detail})' if detail and not good else ''), flush=True)
        if not good:
            self.failures.append(promise)

    def code_of(self, number):
        told = [r for r in self.registry.reports if r['mailbox'] == number]
        return told[-1]['code'] if told else None

    def end(self):
        if self.failures:
            sys.exit(f'{len(self.failures)} promises broken')
        print('all kept')
