// Every screen of the app and every state it can be in, for the pictures
// (scripts/screens) and for axe (test_screens).
'use strict';
const { Office, PASSWORD, PEOPLE } = require('./office.js');

const SIZES = {
  desktop: { width: 1366, height: 768 },
  office: { width: 1366, height: 625 },
  phone: { width: 390, height: 844 },
};

/** Screens of the office at work: role, name, place, what shows it is there. */
function screens(office) {
  const one = office.entries[0].id;
  const year = new Date().getFullYear();
  return [
    ['leader', 'work', '/?tab=awaiting', '.letter'],
    ['leader', 'document', `/vb/${one}`, '.history li'],
    ['leader', 'route', `/vb/${office.entries[12].id}?but-phe`, '.side-sheet'],
    ['leader', 'dashboard', '/tong-quan', '.figures'],
    ['leader', 'search', '/tra-cuu?q=cai+cach', '.hits li'],
    ['leader', 'dossiers', '/ho-so', 'main'],
    ['leader', 'me', '/toi', '.box-card'],
    ['unit_head', 'unit-work', '/', '.tabs'],
    ['specialist', 'own-work', '/', '.tabs'],
    ['clerk', 'intake', '/tiep-nhan', '.letter'],
    ['clerk', 'register', `/den/moi?thu=${office.letter}`, '.form-foot'],
    ['clerk', 'paper', '/den/moi', '.form-foot'],
    ['clerk', 'issue', '/di/moi', 'main'],
    ['clerk', 'edit', `/vb/${office.entries[1].id}?sua`, '.side-sheet'],
    ['clerk', 'incoming', '/den', 'tbody tr'],
    ['clerk', 'outgoing', '/di', 'main'],
    ['clerk', 'print', `/so/den/${year}/in`, '.print'],
    ['administrator', 'mailboxes', '/hop-thu', '.cell'],
    ['administrator', 'mailbox', '/hop-thu/1', '.hours'],
    ['administrator', 'people', '/quan-tri/nguoi-dung', 'tbody tr'],
    ['administrator', 'units', '/quan-tri/don-vi', '.lines li'],
    ['administrator', 'books', '/quan-tri/so', '.lines li'],
    ['administrator', 'types', '/quan-tri/loai-van-ban', '.lines li'],
    ['administrator', 'days-off', '/quan-tri/ngay-nghi', '.box-card'],
    ['administrator', 'audit', '/nhat-ky', 'tbody tr'],
  ];
}

/** What a person brings about on a screen: name of the screen, of the state,
 *  the deed, what shows it. */
const DEEDS = [
  ['work', 'help', (page) => page.keyboard.press('Shift+Slash'),
    'dialog[open]'],
  ['work', 'notices', (page) => page.click('.bell button'),
    '.notices'],
  ['mailboxes', 'add', (page) => page.click(
    '.bar >> text=Thêm hộp thư'), '.side-sheet'],
  ['mailbox', 'correct', async (page) => {
    await page.click('.panel >> text=Sửa');
    await page.fill('#f-host', 'imap.khac.test');
    await page.keyboard.press('Control+Enter');
  }, '#w-password'],
  ['mailboxes', 'import', (page) => page.setInputFiles(
    '.upload input', { name: 'hop-thu.csv', mimeType: 'text/csv',
      buffer: Buffer.from(
        'address,host,port,security,user,password,unit\n' +
        'moi1@thu.test,imap.thu.test,993,tls,moi1,mk,KHTC\n' +
        'moi2@thu.test,imap.thu.test,99999,tls,moi2,mk,\n' +
        'snv@thu.test,127.0.0.1,993,tls,snv,,KHTC\n') }), '.import'],
  ['search', 'no-hit', async (page) => {
    await page.fill('main input[type=search]', 'khôngcótừnày');
  }, '.empty'],
  ['search', 'filtered', async (page) => {
    await page.waitForSelector('.facets label', { state: 'attached' });
    if (await page.isVisible('.phone-only')) await page.click('.phone-only');
    for (const value of ['Trịnh Công Hậu', 'Hỏa tốc'])
      await page.getByLabel(value).check();
  }, '.chips >> text=Hỏa tốc'],
  ['intake', 'quarantine', (page) => page.keyboard.press('q'),
    '.attach textarea'],
  ['intake', 'attach', (page) => page.keyboard.press('l'), '.attach input'],
  ['paper', 'wrong-fields', (page) => page.keyboard.press('Control+Enter'),
    '#w-issuer'],
  ['paper', 'typeahead', async (page) => {
    await page.focus('#f-issuer');
    await page.keyboard.type('so');
  }, '[role=listbox] [role=option]'],
  ['paper', 'duplicate', async (page, office) => {
    const { fields } = office.entries[0];
    await page.fill('#f-issuer', fields.issuer);
    await page.fill('#f-symbol', fields.symbol);
    await page.fill('#f-document_day',
      fields.document_day.split('-').reverse().join('/'));
    await page.keyboard.press('Tab');
  }, '.duplicate'],
  ['register', 'taken', async (page, office) => {
    await office.people.clerk.post('entries', { direction: 'in',
      letter: office.letter, issuer: 'Sở Nội vụ', symbol: '100/SNV',
      document_day: '2026-01-06', subject: 'Đã có người đăng ký' });
  }, '.notice'],
  ['paper', 'ended', async (page) => {
    await page.context().clearCookies();
    for (const [field, text] of [['issuer', 'Sở Nội vụ'], ['symbol', '9/SNV'],
      ['document_day', '01/06/2026'], ['subject', 'Khi phiên đã hết hạn']])
      await page.fill(`#f-${field}`, text);
    await page.keyboard.press('Tab');
  }, '.relogin'],
];

/** Data that does not come, or comes with an error; the session still holds. */
async function withhold(page, answer) {
  await page.route((url) => url.pathname.startsWith('/api/v1/') &&
    !/\/(session|events|preferences)$/.test(url.pathname), answer);
}

const HINDRANCES = {
  loading: (page) => withhold(page, () => {}),
  failing: (page) => withhold(page, (route) => route.fulfill({ status: 500,
    contentType: 'application/json', body: JSON.stringify({ error: {
      code: 'broken', kind: 'broken', request: 'mẫu', message: {
        vi: 'Hệ thống gặp lỗi. Chưa có gì được lưu.',
        en: 'something went wrong here; nothing was saved' } } }) })),
};

async function signIn(page, url, role) {
  await page.goto(url);
  await page.waitForSelector('input[name=user]');
  await page.fill('input[name=user]', PEOPLE[role].login);
  await page.fill('input[name=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav.side');
}

class Walk {
  /** `see(page, name)` is called when a screen is in its state; `tell(what)`
   *  when it does not come into it. */
  constructor(browser, view, see, tell) {
    Object.assign(this, { browser, view, see, tell, pages: {} });
  }

  wants(name) { return !this.only?.length || this.only.includes(name); }

  async pageOf(office, role) {
    const key = `${office.url} ${role}`;
    if (!this.pages[key]) {
      const context = await this.browser.newContext({ locale: 'vi-VN',
        ...this.view });
      const page = await context.newPage();
      page.setDefaultTimeout(8000);
      page.on('pageerror', (e) => this.tell(`${page.url()}: ${e}`));
      await signIn(page, office.url, role);
      this.pages[key] = page;
    }
    return this.pages[key];
  }

  async show(page, name, selector) {
    await page.waitForSelector(selector)
      .catch(() => this.tell(`${name}: no ${selector}`));
    await page.waitForFunction(() => [...document.images]
      .every((one) => one.complete)).catch(() => this.tell(`${name}: images`));
    await page.waitForTimeout(/^print/.test(name) ? 4000 : 900);
    await this.see(page, name);
  }

  /** The door: nobody signed in, and somebody with a wrong password. */
  async door(office) {
    const context = await this.browser.newContext({ locale: 'vi-VN',
      ...this.view });
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    await page.goto(office.url);
    if (this.wants('login'))
      await this.show(page, 'login', 'input[name=user]');
    if (this.wants('login-wrong')) {
      await page.fill('input[name=user]', PEOPLE.clerk.login);
      await page.fill('input[name=password]', 'sai mật khẩu rồi');
      await page.keyboard.press('Enter');
      await this.show(page, 'login-wrong', '[role=alert]');
    }
    await context.close();
  }

  async every(office, suffix = '') {
    for (const [role, name, place, selector] of screens(office)) {
      if (!this.wants(name + suffix)) continue;
      const page = await this.pageOf(office, role);
      await page.goto(office.url + place);
      await this.show(page, name + suffix, suffix ? 'main' : selector);
    }
  }

  /** Each screen while its data does not come, or fails. */
  async hindered(office) {
    for (const [kind, hinder] of Object.entries(HINDRANCES)) {
      for (const [role, name, place] of screens(office)) {
        if (!this.wants(`${name}-${kind}`)) continue;
        const page = await this.pageOf(office, role);
        await hinder(page);
        await page.goto(office.url + place);
        await this.show(page, `${name}-${kind}`, 'main');
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      }
    }
  }

  /** Each screen when the network goes away under it. */
  async offline(office) {
    for (const [role, name, place, selector] of screens(office)) {
      if (!this.wants(`${name}-offline`)) continue;
      const page = await this.pageOf(office, role);
      await page.goto(office.url + place);
      await page.waitForSelector(selector).catch(() => {});
      await page.context().setOffline(true);
      await this.show(page, `${name}-offline`, '.offline');
      await page.context().setOffline(false);
    }
  }

  /** The last deeds spoil the office: come last. */
  async deeds(office) {
    for (const [name, state, act, selector] of DEEDS) {
      if (!this.wants(`${name}-${state}`)) continue;
      const [role, , place, there] = screens(office)
        .find((screen) => screen[1] === name);
      const page = await this.pageOf(office, role);
      await page.goto(office.url + place);
      await page.waitForSelector(there);
      await page.waitForTimeout(600);
      await act(page, office);
      await this.show(page, `${name}-${state}`, selector);
    }
  }

  async end() {
    for (const page of Object.values(this.pages)) await page.context().close();
  }
}

/** An office in which nothing has arrived yet. */
class EmptyOffice extends Office {
  async open() {
    await super.open([], []);
    this.entries = Array(13).fill({ id: 1 });
    this.letter = 1;
  }
}

/** All of it: `see` and `tell` as above, `only` names screens and states. */
async function walk(browser, { view, see, tell, only, busy, empty }) {
  const all = new Walk(browser, view, see, tell);
  all.only = only;
  await all.door(busy);
  await all.every(busy);
  await all.every(empty, '-empty');
  await all.hindered(busy);
  await all.offline(busy);
  await all.deeds(busy);
  await all.end();
}

module.exports = { EmptyOffice, SIZES, walk };
