// Every screen in every theme and size, as pictures: scripts/screens.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { Office, PASSWORD, PEOPLE } = require('./office.js');
const { chromium, FLAGS, makeDocuments } = require('./service.js');

const SIZES = {
  desktop: { width: 1366, height: 768 },
  office: { width: 1366, height: 625 },
  phone: { width: 390, height: 844 },
};

/** Screens per role; `keys` are pressed before the picture. */
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

async function signIn(page, url, role) {
  await page.goto(url);
  await page.waitForSelector('input[name=user]');
  await page.fill('input[name=user]', PEOPLE[role].login);
  await page.fill('input[name=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav.side');
}

async function take(browser, office, folder, { size, theme, only }) {
  const pages = {};
  for (const [role, name, place, selector] of screens(office)) {
    if (only.length && !only.includes(name)) continue;
    if (!pages[role]) {
      const context = await browser.newContext({ viewport: SIZES[size],
        locale: 'vi-VN', colorScheme: theme });
      pages[role] = await context.newPage();
      pages[role].on('pageerror', (e) => console.log(`${name}: ${e}`));
      await signIn(pages[role], office.url, role);
    }
    await pages[role].goto(office.url + place);
    await pages[role].waitForSelector(selector, { timeout: 8000 })
      .catch(() => console.log(`${name}: no ${selector}`));
    await pages[role].waitForFunction(() => [...document.images]
      .every((one) => one.complete), null, { timeout: 8000 })
      .catch(() => console.log(`${name}: images`));
    await pages[role].waitForTimeout(name === 'print' ? 4000 : 900);
    await pages[role].screenshot({
      path: path.join(folder, `${name}-${size}-${theme}.png`) });
  }
  for (const page of Object.values(pages)) await page.context().close();
}

async function main(folder, only) {
  const office = new Office();
  let browser;
  fs.mkdirSync(folder, { recursive: true });
  try {
    await office.open(makeDocuments(16));
    await office.fill();
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ||
      '/usr/bin/chromium', args: FLAGS });
    for (const size of (process.env.SIZES || 'desktop phone').split(' '))
      for (const theme of (process.env.THEMES || 'light dark').split(' '))
        await take(browser, office, folder, { size, theme, only });
  } finally {
    await browser?.close();
    await office.stop();
  }
  console.log(`screens: ${fs.readdirSync(folder).length} in ${folder}`);
}

main(process.argv[2], process.argv.slice(3));
