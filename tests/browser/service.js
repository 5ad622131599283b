// What the browser tests share: a running service, two letters, a browser.
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const modules = path.join(root, 'registry/ui/node_modules');
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
const program = path.join(process.env.BIN || path.join(root, 'build/bin'),
  'registry');

const LOGIN = 'vanthu.thu';
const PASSWORD = 'Mot-mat-khau-2026';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** A PDF of one page that a viewer can show. */
function makePdf(line) {
  const content = `BT /F1 18 Tf 60 760 Td (${line}) Tj ET`;
  const objects = ['<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R' +
    '/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of places)
    pdf += `${String(at).padStart(10, '0')} 00000 n \n`;
  return Buffer.from(`${pdf}trailer<</Size ${objects.length + 1}` +
    `/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}

/** A header's text as encoded words, each short enough for the standard. */
function word(text) {
  const pieces = [...text].reduce((all, letter) => {
    const last = all.at(-1) + letter;
    if (Buffer.byteLength(last) <= 45) all.splice(-1, 1, last);
    else all.push(letter);
    return all;
  }, ['']);
  return pieces.map((piece) =>
    `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

function makeLetter({ uid, from, address, subject, body, file, pdf }) {
  const sender = address || `coquan${uid}@tinh.gov.vn`;
  const lines = [`From: ${word(from)} <${sender}>`,
    'To: snv@thu.test', `Subject: ${word(subject)}`,
    `Message-ID: <thu-${uid}@tinh.gov.vn>`,
    'Date: Tue, 24 Nov 2026 08:00:00 +0700', 'MIME-Version: 1.0'];
  const text = ['Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit', '', body];
  if (!file) return Buffer.from([...lines, ...text, ''].join('\r\n'));
  const coded = pdf.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from([...lines, 'Content-Type: multipart/mixed; boundary="b"',
    '', '--b', ...text, '--b', `Content-Type: application/pdf; name="${file}"`,
    `Content-Disposition: attachment; filename="${file}"`,
    'Content-Transfer-Encoding: base64', '', coded, '--b--', '']
    .join('\r\n'));
}

const LETTERS = [
  { uid: 1, from: 'Sở Nội vụ',
    subject: 'Công văn 456/SNV-CCHC về cải cách hành chính năm 2026',
    body: 'Kính gửi quý cơ quan, xin gửi văn bản kèm theo.',
    file: 'cv-456-snv.pdf', pdf: makePdf('Cong van 456/SNV-CCHC') },
  { uid: 2, from: 'Phòng Tài chính - Kế hoạch',
    subject: 'Mời họp giao ban tuần', body: 'Kính mời dự họp giao ban.' },
];

function freePort() {
  return new Promise((done) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

class Service {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
    this.data = path.join(this.folder, 'data');
  }

  run(words, input) {
    const done = spawnSync(program, [...words, '--data', this.data],
      { input, encoding: 'utf8', timeout: 60000 });
    if (done.status)
      throw new Error(`registry ${words.join(' ')}: ${done.status}\n` +
        done.stdout + done.stderr);
    return done.stdout;
  }

  async start(letters = LETTERS) {
    this.run(['init', '--organisation', 'UBND xã Thử Nghiệm']);
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.log = path.join(this.folder, 'registry.log');
    const log = fs.openSync(this.log, 'a');
    this.process = spawn(program, ['serve', '--data', this.data, '--listen',
      `127.0.0.1:${this.port}`], { stdio: ['ignore', log, log] });
    await this.waitUntilUp();
    this.run(['user', 'add', LOGIN, '--name', 'Văn thư thử', '--role',
      'clerk', '--password-stdin', '--keep-password'], `${PASSWORD}\n`);
    const table = path.join(this.folder, 'boxes.csv');
    fs.writeFileSync(table,
      'address,host,port,security,user,password,unit,folders,keep\n' +
      'snv@thu.test,127.0.0.1,993,tls,snv,bi-mat,,INBOX,all\n');
    this.run(['mailbox', 'import', table]);
    await this.deliver(letters);
    this.run(['jobs', '--wait']);
  }

  async waitUntilUp() {
    for (let i = 0; i < 200; i++) {
      const up = await fetch(this.url).then(() => true, () => false);
      if (up && fs.existsSync(path.join(this.data, 'registry.sock'))) return;
      if (this.process.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no service\n${fs.readFileSync(this.log, 'utf8')}`);
  }

  /** As the gateway speaks: a token over the Unix socket. */
  gateway(method, place, body, headers = {}) {
    const token = fs.readFileSync(path.join(this.data, 'gateway.token'),
      'utf8').trim();
    return new Promise((done, fail) => {
      const request = http.request({ method, path: `/api/v1/${place}`,
        socketPath: path.join(this.data, 'registry.sock'),
        headers: { 'Host': 'localhost', 'Authorization': `Bearer ${token}`,
          'Content-Length': body.length, ...headers } }, (answer) => {
        let text = '';
        answer.on('data', (piece) => { text += piece; });
        answer.on('end', () => (answer.statusCode < 300
          ? done(JSON.parse(text || '{}'))
          : fail(new Error(`${place}: ${answer.statusCode} ${text}`))));
      });
      request.on('error', fail);
      request.end(body);
    });
  }

  async deliver(letters) {
    const { mailboxes: [box] } = await this.gateway('POST', 'gateway/lease',
      Buffer.from('{"gateway":"test","seconds":300}'));
    for (const one of letters) {
      const raw = makeLetter(one);
      await this.gateway('PUT', `mailboxes/${box.id}/letters/1/${one.uid}` +
        `?folder=INBOX&internaldate=${one.at || 1795500000 + one.uid * 60}` +
        `&size=${raw.length}`, raw, { 'X-Lease': box.lease });
    }
  }

  async stop() {
    if (this.process && this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once('exit', done));
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), 10000);
      await ended;
      clearTimeout(timer);
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

class Check {
  constructor() { this.count = this.failed = 0; }

  that(holds, promise, detail = '') {
    this.count++;
    if (holds) return;
    this.failed++;
    console.log(`FAILED ${promise}: ${detail}`);
  }

  equal(have, want, promise) {
    this.that(have === want, promise, `${have}, not ${want}`);
  }
}

/** Runs work(service, page, check) with everything up; ends the process. */
async function main(work, letters = LETTERS) {
  const service = new Service();
  const check = new Check();
  let browser;
  try {
    await service.start(letters);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ||
      '/usr/bin/chromium', args: FLAGS });
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 }, locale: 'vi-VN',
      reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(15000);
    const own = () => new URL(page.url()).origin === service.url;
    page.on('pageerror', (e) => check.that(!own(), 'no script error', e));
    await page.goto(service.url);
    await work(service, page, check);
  } catch (e) {
    check.that(false, 'the test runs to its end', e.stack);
  } finally {
    await browser?.close();
    await service.stop();
  }
  console.log(`${check.count} checked, ${check.failed} failed`);
  process.exitCode = check.failed || !check.count ? 1 : 0;
}

/** By keyboard alone; the name has the focus when the page opens. */
async function signIn(page) {
  await page.waitForSelector('input[name=user]:focus');
  await page.keyboard.type(LOGIN);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.letter');
}

/** Writes over what is in field n of the form, where Alt+n leads. */
async function fill(page, number, name, text) {
  await page.keyboard.press(`Alt+${number}`);
  await page.waitForSelector(`#f-${name}:focus`);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Looks at each doubtful field once, then saves. */
async function save(page) {
  const doubts = await page.$$eval('.field.looks [id^=f-]',
    (all) => all.map((one) => `#${one.id}`).filter((id) => !/-list/.test(id)));
  for (const field of doubts) await page.focus(field);
  await page.keyboard.press('Control+Enter');
}

/** Asks from inside the page, with its cookie. -> [status, JSON] */
function ask(page, method, place, body) {
  return page.evaluate(async ([verb, path, json]) => {
    const answer = await fetch(`/api/v1/${path}`, { method: verb,
      headers: { 'X-Requested-With': 'svb',
        ...(json ? { 'Content-Type': 'application/json' } : {}) },
      body: json ? JSON.stringify(json) : undefined });
    const text = await answer.text();
    return [answer.status, text ? JSON.parse(text) : null];
  }, [method, place, body]);
}

/** Holds a screen against axe, light and dark. */
async function look(page, check, screen) {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((t) => { document.documentElement.dataset.theme = t; },
      theme);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(
      // the browser's own PDF viewer is not ours to judge
      () => window.axe.run(document, { iframes: false }));
    check.that(passes.length > 5, `axe looked at ${screen}, ${theme}`,
      passes.length);
    check.equal(violations.map((v) => `\n${v.id}: ${v.nodes.map((n) =>
      `${n.html.slice(0, 160)} ${n.failureSummary.split('\n')[1]}`)
      .join('\n  ')}`).join(''), '', `axe: ${screen}, ${theme}`);
  }
  await page.evaluate(() => { document.documentElement.dataset.theme =
    'light'; });
}

/** Official documents as PDF files with what they say, the same each time. */
function makeDocuments(count) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'documents-'));
  try {
    const done = spawnSync('/usr/bin/python3', ['-m', 'documents', '--out',
      folder, '--count', String(count), '--form', 'digital'],
    { cwd: path.join(root, 'scripts'), encoding: 'utf8', timeout: 120000 });
    if (done.status) throw new Error(`documents: ${done.stderr}`);
    return fs.readdirSync(folder).filter((name) => name.endsWith('.json'))
      .sort().map((name) => ({
        facts: JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')),
        file: name.replace('.json', ''),
        pdf: fs.readFileSync(path.join(folder, name.replace('.json', ''))),
      }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Letters that bring these documents, the first one newest. */
function lettersOf(documents) {
  return documents.map(({ facts, file, pdf }, i) => ({
    uid: documents.length - i, from: facts.issuer, file, pdf,
    subject: `${facts.type} số ${facts.symbol}`,
    body: 'Xin gửi văn bản kèm theo.',
  }));
}

module.exports = { ask, Check, chromium, fill, FLAGS, lettersOf, look, main,
  makeDocuments, makePdf, save, signIn, Service, LETTERS, LOGIN, PASSWORD };
