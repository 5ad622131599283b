"""Scripted IMAP servers: honest by default, hostile by overriding a step. One class is one behaviour."""
import re, socket, ssl, threading, time


class Script:
    """Answers like a small honest server; `self.letters` is {uid: bytes}."""
    security = 'plain'
    certificate = None        # (pem, key)
    capabilities = 'IMAP4rev1 IDLE STARTTLS'
    uidvalidity, uidnext, date = 7, None, '01-Jan-2024 10:00:00 +0700'

    def __init__(self, letters=3):
        self.letters = {uid: b'Subject: letter %d\r\n\r\nbody %d\r\n' % (uid, uid) for uid in range(1, letters + 1)}
        self.said, self.connections = [], 0
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def stop(self):
        self.listener.close()

    def encrypt(self, connection):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certificate)
        return context.wrap_socket(connection, server_side=True)

    def converse(self, connection):
        try:
            if self.security == 'tls':
                connection = self.encrypt(connection)
            self.greet(connection)
            self.read_commands(connection)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def greet(self, c):
        c.sendall(b'* OK [CAPABILITY ' + self.capabilities.encode() + b'] ready\r\n')

    def read_commands(self, c):
        buffer = b''
        while True:
            while b'\r\n' not in buffer:
                got = c.recv(65536)
                if not got:
                    return
                buffer += got
            line, buffer = buffer.split(b'\r\n', 1)
            tag, _, rest = line.decode('utf-8', 'replace').partition(' ')
            self.said.append(rest)
            words = rest.upper().split()
            name = ('UID_' + words[1] if words[0] == 'UID' else words[0]).lower()
            upgraded = getattr(self, 'on_' + name)(c, tag, rest)
            if upgraded:
                c, buffer = upgraded, b''

    def ok(self, c, tag):
        c.sendall(f'{tag} OK done\r\n'.encode())

    def next(self):
        return self.uidnext or max(self.letters, default=0) + 1

    def on_capability(self, c, tag, rest):
        c.sendall(b'* CAPABILITY ' + self.capabilities.encode() + b'\r\n')
        self.ok(c, tag)

    def on_login(self, c, tag, rest): self.ok(c, tag)
    def on_noop(self, c, tag, rest): self.ok(c, tag)

    def on_logout(self, c, tag, rest):
        c.sendall(b'* BYE\r\n')
        self.ok(c, tag)
        raise ValueError('over')

    def on_starttls(self, c, tag, rest):
        self.ok(c, tag)
        return self.encrypt(c)

    def on_status(self, c, tag, rest):
        c.sendall(f'* STATUS INBOX (MESSAGES {len(self.letters)} UIDNEXT {self.next()} UIDVALIDITY {self.uidvalidity})\r\n'.encode())
        self.ok(c, tag)

    def on_examine(self, c, tag, rest):
        c.sendall(f'* FLAGS (\\Seen)\r\n* {len(self.letters)} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {self.uidvalidity}] x\r\n'
                  f'* OK [UIDNEXT {self.next()}] x\r\n{tag} OK [READ-ONLY] done\r\n'.encode())

    @staticmethod
    def uids(rest):
        found = set()
        for part in re.match(r'uid fetch (\S+)', rest, re.I).group(1).split(','):
            first, _, last = part.partition(':')
            found.update(range(int(first), int(last or first) + 1) if last != '*' else [int(first)])
        return found

    def chosen(self, rest):
        first_last = [p.partition(':') for p in re.match(r'uid fetch (\S+)', rest, re.I).group(1).split(',')]
        return [u for u in sorted(self.letters) if any(int(f) <= u <= int(l or f) for f, _, l in first_last)]

    def sequence(self, uid):
        return sorted(self.letters).index(uid) + 1

    def on_uid_fetch(self, c, tag, rest):
        piece = re.search(r'BODY\.PEEK\[\]<(\d+)\.(\d+)>', rest, re.I)
        for uid in self.chosen(rest):
            if piece:
                self.send_body(c, uid, int(piece.group(1)), int(piece.group(2)))
            else:
                self.send_listed(c, uid)
        self.ok(c, tag)

    def send_listed(self, c, uid):
        c.sendall(f'* {self.sequence(uid)} FETCH (UID {uid} RFC822.SIZE {len(self.letters[uid])} INTERNALDATE "{self.date}")\r\n'.encode())

    def send_body(self, c, uid, offset, size):
        data = self.letters[uid][offset:offset + size]
        c.sendall(f'* {self.sequence(uid)} FETCH (UID {uid} BODY[]<{offset}> {{{len(data)}}}\r\n'.encode() + data + b')\r\n')

    def on_idle(self, c, tag, rest):
        c.sendall(b'+ idling\r\n')

    def on_done(self, c, tag, rest):
        self.ok(c, 'x')


class EofInLiteral(Script):
    def send_body(self, c, uid, offset, size):
        c.sendall(b'* 1 FETCH (UID %d BODY[]<0> {500}\r\nhalf of it' % uid)
        raise ValueError('over')


class EndlessLine(Script):
    def on_status(self, c, tag, rest):
        c.sendall(b'* STATUS INBOX (')
        while True:
            c.sendall(b'A' * 65536)


class EndlessGreeting(Script):
    def greet(self, c):
        c.sendall(b'* OK ')
        while True:
            c.sendall(b'A' * 65536)


class Dripping(Script):
    def on_status(self, c, tag, rest):
        c.sendall(b'* STATUS INBOX (')
        for _ in range(120):
            c.sendall(b' ')
            time.sleep(0.5)


class Silent(Script):
    def greet(self, c):
        time.sleep(60)


class PermanentFlags(Script):
    """Before a folder is open, libetpan 1.9.4 dereferences NULL: the process that hears this dies."""
    def greet(self, c):
        c.sendall(b'* OK [PERMANENTFLAGS (\\*)] x\r\n')


class StallsAtLetter(Script):
    """Says nothing more once letter 2 is asked for, so that a test can kill who waits for it."""
    def __init__(self):
        super().__init__()
        self.stalled = threading.Event()

    def send_body(self, c, uid, offset, size):
        if uid == 2:
            self.stalled.set()
            while True:
                c.sendall(b'')
                time.sleep(0.1)
        super().send_body(c, uid, offset, size)


class FetchJunk(Script):
    def send_listed(self, c, uid):
        c.sendall(b'* 1 FETCH (BODY[)(((((\x00\xff[]]]{{{ "\r\n* 1 FETCH (BODY[\r\n')


class HugeLiteral(Script):
    def send_body(self, c, uid, offset, size):
        c.sendall(b'* 1 FETCH (UID %d BODY[]<0> {3900000000}\r\n' % uid)
        while True:
            c.sendall(b'A' * 65536)


class ByeInFetch(Script):
    def send_body(self, c, uid, offset, size):
        c.sendall(b'* BYE going down\r\n')
        raise ValueError('over')


class RefusesLogin(Script):
    def on_login(self, c, tag, rest):
        c.sendall(f'{tag} NO [AUTHENTICATIONFAILED] wrong\r\n'.encode())


class NoSuchFolder(Script):
    def on_status(self, c, tag, rest):
        c.sendall(f'{tag} NO [NONEXISTENT] no folder\r\n'.encode())


class Injects(Script):
    """Says more in clear text, right behind its OK to STARTTLS."""
    security = 'starttls'
    def on_starttls(self, c, tag, rest):
        c.sendall(f'{tag} OK begin\r\n* OK injected\r\nx1 OK LOGIN done\r\n'.encode())
        return self.encrypt(c)


class RefusesTls(Script):
    security = 'starttls'
    def on_starttls(self, c, tag, rest):
        c.sendall(f'{tag} NO not today\r\n'.encode())


class Tls(Script):
    security = 'tls'


class StarTrap(Script):
    """Answers every listing with its last letter too, whatever was asked."""
    def chosen(self, rest):
        return sorted(set(super().chosen(rest)) | {max(self.letters)})


class Unasked(Script):
    """Other people's news in the middle of every answer."""
    def on_uid_fetch(self, c, tag, rest):
        c.sendall(b'* 2 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen) UID 1)\r\n* 9 EXPUNGE\r\n* 2 FETCH (UID 999 FLAGS ())\r\n')
        super().on_uid_fetch(c, tag, rest)


class GivesNothing(Script):
    """Lists letter 2 but never gives it."""
    def send_body(self, c, uid, offset, size):
        if uid != 2:
            super().send_body(c, uid, offset, size)


class Expunges(Script):
    """Letter 2 goes away between listing and fetching."""
    def send_body(self, c, uid, offset, size):
        if uid == 1:
            self.letters = {u: b for u, b in self.letters.items() if u != 2}
        if uid in self.letters:
            super().send_body(c, uid, offset, size)

    def sequence(self, uid):
        return uid


class ShortPieces(Script):
    """Gives 1,000 bytes at most, whatever was asked."""
    def __init__(self):
        super().__init__(2)
        self.letters[2] = b'Subject: long\r\n\r\n' + b'0123456789' * 1234

    def send_body(self, c, uid, offset, size):
        super().send_body(c, uid, offset, min(size, 1000))


class WrongSizes(Script):
    """RFC822.SIZE is nonsense, too small and too large in turn."""
    def send_listed(self, c, uid):
        c.sendall(f'* {uid} FETCH (UID {uid} RFC822.SIZE {1 if uid % 2 else 99999} INTERNALDATE "{self.date}")\r\n'.encode())


class NoPlaces(Script):
    def on_status(self, c, tag, rest):
        c.sendall(b'* STATUS INBOX (MESSAGES 3)\r\n')
        self.ok(c, tag)


class Closed:
    """Nobody listens."""
    security, port = 'plain', None
    def __init__(self):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]

    def stop(self): pass
