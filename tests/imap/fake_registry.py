"""A registry that is just enough for mailgw: leases, letters, reports, in memory.

  fake_registry.py DIR MAILBOXES.csv [--keep-bodies]     serves DIR/registry.sock until stopped

As a module it lets a test look at what arrived and misbehave on purpose."""
import base64, csv, ctypes, ctypes.util, hashlib, http.server, json, os, socketserver, subprocess, sys, threading, time
import urllib.parse

BIN = os.environ.get('BIN', os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../build/bin'))
sodium = ctypes.CDLL(ctypes.util.find_library('sodium'))
sodium.sodium_init()


def seal(public_hex, purpose, secret):
    plain = purpose.encode() + b'\0' + secret.encode()
    box = ctypes.create_string_buffer(len(plain) + 48)
    sodium.crypto_box_seal(box, plain, ctypes.c_ulonglong(len(plain)), bytes.fromhex(public_hex))
    return base64.b64encode(box.raw).decode()


def parse_set(text):
    found = set()
    for part in filter(None, text.split(',')):
        first, _, last = part.partition(':')
        found.update(range(int(first), int(last or first) + 1))
    return found


def print_set(numbers):
    out, run = [], []
    for n in sorted(numbers) + [None]:
        if run and n is not None and n == run[-1] + 1:
            run.append(n)
            continue
        if run:
            out.append(str(run[0]) if len(run) == 1 else f'{run[0]}:{run[-1]}')
        run = [n]
    return ','.join(out)


class Folder:
    def __init__(self, name):
        self.name, self.uidvalidity, self.uidnext, self.messages = name, None, None, 0
        self.done, self.strikes, self.aside = set(), {}, set()

    def move_to(self, uidvalidity):
        if self.uidvalidity != uidvalidity:
            self.uidvalidity, self.uidnext = uidvalidity, None
            self.done, self.strikes, self.aside = set(), {}, set()


class Registry:
    def __init__(self, folder, keep_bodies=False):
        self.folder, self.keep_bodies, self.lock = folder, keep_bodies, threading.Lock()
        os.makedirs(folder, exist_ok=True)
        self.token = 'token-for-tests'
        open(f'{folder}/gateway.token', 'w').write(self.token + '\n')
        key = f'{folder}/gateway.key'
        if os.path.exists(key):
            os.unlink(key)
        self.public = subprocess.run([f'{BIN}/mailgw', 'keygen', key], check=True, capture_output=True, text=True).stdout.strip()
        self.mailboxes, self.letters, self.bodies, self.reports, self.skips, self.log = {}, {}, {}, [], [], []
        self.leases, self.put_status = 0, None   # put_status: answer every PUT with it
        self.arrived = threading.Condition()

    def add(self, address, host, port, security='tls', user=None, password='pass', folders=('INBOX',), keep='all'):
        number = len(self.mailboxes) + 1
        self.mailboxes[number] = dict(id=number, address=address, host=host, port=port, security=security, user=user or address,
                                      sealed=seal(self.public, address, password), keep=keep, state='never', failures=0,
                                      folders=[Folder(f) for f in folders])
        return number

    def start(self):
        path = f'{self.folder}/registry.sock'
        if os.path.exists(path):
            os.unlink(path)
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            disable_nagle_algorithm = False
            def do_POST(self): registry.serve(self)
            def do_PUT(self): registry.serve(self)
            def log_message(self, *a): pass
            def address_string(self): return 'unix'

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads, request_queue_size = True, 256
            def get_request(self):
                request, _ = super().get_request()
                return request, ('unix', 0)
            def handle_error(self, *a): pass

        self.server = Server(path, Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    # --- requests

    def serve(self, request):
        try:
            body = self.read_body(request)
        except (ConnectionError, ValueError):
            request.close_connection = True   # cut off in mid-letter: nothing happened
            return
        if request.headers.get('Authorization') != f'Bearer {self.token}':
            return self.answer(request, 401, {'error': {'code': 'session.none', 'message': {'en': 'no'}}})
        url = urllib.parse.urlsplit(request.path)
        with self.lock:
            if request.command == 'PUT':
                status, answer = self.put(request, url, body)
            else:
                status, answer = getattr(self, 'do_' + url.path.rsplit('/', 1)[1])(json.loads(body))
        self.answer(request, status, answer)

    @staticmethod
    def read_body(request):
        def exactly(size):
            data = request.rfile.read(size)
            if len(data) != size:
                raise ConnectionError('short')
            return data
        if request.headers.get('Transfer-Encoding', '').lower() != 'chunked':
            return exactly(int(request.headers.get('Content-Length', 0)))
        whole = bytearray()
        while True:
            size = int(request.rfile.readline().split(b';')[0], 16)
            whole += exactly(size)
            if exactly(2) != b'\r\n':
                raise ValueError('chunk')
            if size == 0:
                return bytes(whole)

    @staticmethod
    def answer(request, status, answer):
        data = json.dumps(answer).encode()
        request.send_response(status)
        request.send_header('Content-Length', str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def place(self, j):
        mailbox = self.mailboxes[j['mailbox']]
        folder = next(f for f in mailbox['folders'] if f.name == j['folder'])
        if j.get('uidvalidity'):
            folder.move_to(j['uidvalidity'])
        return mailbox, folder

    def do_lease(self, j):
        self.leases += 1
        out = []
        for m in self.mailboxes.values():
            if m['failures'] >= 3 and m['state'] == 'login.refused' or m.get('paused'):
                continue
            folders = [dict(name=f.name, uidvalidity=f.uidvalidity, uidnext=f.uidnext, done=print_set(f.done),
                            retry=[dict(uid=u, strikes=s) for u, s in f.strikes.items() if u not in f.aside],
                            aside=sorted(f.aside)) for f in m['folders']]
            out.append({**m, 'folders': folders, 'lease': f'lease-{m["id"]}'})
        return 200, {'mailboxes': out}

    def do_report(self, j):
        for r in j['reports']:
            m = self.mailboxes[r['mailbox']]
            m['state'] = r['code']
            m['failures'] = 0 if r['state'] == 'ok' else m['failures'] + 1
            for f in m['folders']:
                for told in r['folders']:
                    if told['name'] == f.name:
                        f.move_to(told['uidvalidity'])
                        f.uidnext, f.messages = told['uidnext'], told['messages']
            self.reports.append({**r, 'at': time.monotonic()})
        return 200, {}

    def do_strike(self, j):
        _, f = self.place(j)
        f.strikes[j['uid']] = f.strikes.get(j['uid'], 0) + 1
        if f.strikes[j['uid']] >= 3:
            f.aside.add(j['uid'])
        self.log.append(('strike', j['mailbox'], j['uid'], j['reason']))
        return 200, {'strikes': f.strikes[j['uid']], 'aside': j['uid'] in f.aside}

    def do_skip(self, j):
        _, f = self.place(j)
        for letter in j['letters']:
            f.done.add(letter['uid'])
            f.strikes.pop(letter['uid'], None)
            self.skips.append((j['mailbox'], j['folder'], letter['uid'], letter['reason']))
        return 200, {}

    def do_reconcile(self, j):
        _, f = self.place(j)
        there = parse_set(j['uids'])
        for uid in there - f.done - f.aside:
            f.strikes.setdefault(uid, 0)
        return 200, {'missing_here': print_set(there - f.done - f.aside), 'gone_there': print_set(f.done - there)}

    def put(self, request, url, body):
        _, _, _, _, mailbox, _, uidvalidity, uid = url.path.split('/')
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        if self.put_status:
            return self.put_status, {'error': {'code': 'disk.full', 'message': {'en': 'no room'}}}
        if request.headers.get('X-Lease') != f'lease-{mailbox}':
            return 409, {'error': {'code': 'lease.lost', 'message': {'en': 'lost'}}}
        _, f = self.place(dict(mailbox=int(mailbox), folder=query['folder'], uidvalidity=int(uidvalidity)))
        digest = hashlib.sha256(body).hexdigest()
        key = (int(mailbox), query['folder'], int(uidvalidity), int(uid))
        f.done.add(int(uid))
        f.strikes.pop(int(uid), None)
        had = key in self.letters
        self.letters[key] = (digest, len(body), int(query['internaldate']), int(query['size']))
        if self.keep_bodies:
            self.bodies[key] = body
        with self.arrived:
            self.arrived.notify_all()
        return (200 if had else 201), {'had': had}


def main():
    registry = Registry(sys.argv[1], '--keep-bodies' in sys.argv)
    for row in csv.DictReader(open(sys.argv[2], newline='')):
        registry.add(row['address'], row['host'], int(row['port']), row['security'], row['user'], row['password'],
                     (row['folders'] or 'INBOX').split(';'), row['keep'] or 'all')
    registry.start()
    print('serving', len(registry.mailboxes), 'mailboxes', flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
