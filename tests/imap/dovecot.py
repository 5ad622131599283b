"""A private Dovecot on loopback with its own certificate authority, for tests. Needs dovecot-imapd and openssl."""
import os, pwd, shutil, signal, socket, subprocess, time

CONF = '''protocols = imap
listen = 127.0.0.1
base_dir = {d}/run
state_dir = {d}/run
log_path = {d}/dovecot.log
ssl = yes
ssl_cert = <{d}/server.pem
ssl_key = <{d}/server.key
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain
auth_cache_size = 10 M
auth_cache_ttl = 1 hour
mail_location = maildir:{d}/home/%u/Maildir
first_valid_uid = 1
mail_max_userip_connections = 1000
mailbox_idle_check_interval = 1 secs
default_process_limit = 1000
default_client_limit = 4000
default_internal_user = {user}
default_login_user = {user}
passdb {{
  driver = static
  args = password={{PLAIN}}pass
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={d}/home/%u
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 2
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service imap {{
  service_count = 200
  process_limit = 1000
}}
service anvil {{
  chroot =
  client_limit = 4000
}}
service auth {{
  client_limit = 4000
}}
service stats {{
  client_limit = 4000
}}
'''


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def make_certificate(folder, name='server', host='localhost', authority='ca'):
    """folder/NAME.pem and .key for the host, signed by folder/AUTHORITY.pem, made on first use."""
    run = lambda *a: subprocess.run(a, check=True, capture_output=True)
    key = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes')
    if not os.path.exists(f'{folder}/{authority}.pem'):
        run('openssl', 'req', '-x509', *key, '-keyout', f'{folder}/{authority}.key', '-out', f'{folder}/{authority}.pem',
            '-days', '3650', '-subj', f'/CN={authority} for tests', '-addext', 'keyUsage=critical,keyCertSign')
    run('openssl', 'req', *key, '-keyout', f'{folder}/{name}.key', '-out', f'{folder}/{name}.csr', '-subj', f'/CN={host}')
    open(f'{folder}/{name}.ext', 'w').write(f'subjectAltName=DNS:{host}{",IP:127.0.0.1" if host == "localhost" else ""}\n')
    run('openssl', 'x509', '-req', '-in', f'{folder}/{name}.csr', '-CA', f'{folder}/{authority}.pem', '-CAkey',
        f'{folder}/{authority}.key', '-CAcreateserial', '-days', '3650', '-out', f'{folder}/{name}.pem', '-extfile', f'{folder}/{name}.ext')


class Dovecot:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        os.makedirs(f'{self.folder}/run', exist_ok=True)
        self.port, self.tls_port = free_port(), free_port()
        make_certificate(self.folder)
        self.ca = f'{self.folder}/ca.pem'
        self.uid = 65534 if os.geteuid() == 0 else os.geteuid()

    def deliver(self, user, body, folder=None, came_at=None):
        md = f'{self.folder}/home/{user}/Maildir' + (f'/.{folder}' if folder else '')
        for d in ('cur', 'new', 'tmp'):
            os.makedirs(f'{md}/{d}', exist_ok=True)
        self.count = getattr(self, 'count', 0) + 1
        name = f'{1700000000 + self.count}.H{self.count:07d}.test'
        open(f'{md}/tmp/{name}', 'wb').write(body)
        if came_at:
            os.utime(f'{md}/tmp/{name}', (came_at, came_at))
        if os.geteuid() == 0:
            top = f'{self.folder}/home'
            for d in (top, f'{top}/{user}', f'{top}/{user}/Maildir', md, *(f'{md}/{x}' for x in ('cur', 'new', 'tmp')), f'{md}/tmp/{name}'):
                os.chown(d, self.uid, self.uid)
        os.rename(f'{md}/tmp/{name}', f'{md}/new/{name}')

    def start(self):
        account = pwd.getpwuid(self.uid)
        conf = f'{self.folder}/dovecot.conf'
        open(conf, 'w').write(CONF.format(d=self.folder, port=self.port, tls_port=self.tls_port, user=account.pw_name,
                                          group=account.pw_gid))
        self.process = subprocess.Popen(['dovecot', '-F', '-c', conf])
        for _ in range(200):
            try:
                socket.create_connection(('127.0.0.1', self.tls_port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit('dovecot did not start: ' + open(f'{self.folder}/dovecot.log').read()[-800:])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
