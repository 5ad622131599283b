// Pictures of every screen in every state: scripts/screens.
//   node pictures.js FOLDER [NAME …]
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { Office } = require('./office.js');
const { EmptyOffice, SIZES, walk } = require('./screens.js');
const { chromium, FLAGS, makeDocuments } = require('./service.js');

async function take(browser, folder, { size, theme, only }) {
  const busy = new Office();
  const empty = new EmptyOffice();
  try {
    await busy.open(makeDocuments(16));
    await busy.fill();
    await empty.open();
    await walk(browser, { only, busy, empty,
      view: { viewport: SIZES[size], colorScheme: theme },
      see: (page, name) => page.screenshot({
        path: path.join(folder, `${name}-${size}-${theme}.png`) }),
      tell: (what) => console.log(`${size} ${theme}: ${what}`) });
  } finally {
    await busy.stop();
    await empty.stop();
  }
}

async function main(folder, only) {
  fs.mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath:
    process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  for (const size of (process.env.SIZES || 'desktop phone').split(' '))
    for (const theme of (process.env.THEMES || 'light dark').split(' '))
      await take(browser, folder, { size, theme, only });
  await browser.close();
  console.log(`screens: ${fs.readdirSync(folder).length} in ${folder}`);
}

main(process.argv[2], process.argv.slice(3));
