// Lighthouse over the screens that people live in, a JSON line each.
//   node pages.mjs FOLDER_WITH_LIGHTHOUSE
import { createRequire } from 'node:module';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const ours = createRequire(path.join(here, '../../tests/browser/office.js'));
const { Office } = ours('./office.js');
const { chromium, FLAGS, makeDocuments } = ours('./service.js');
const theirs = createRequire(path.join(process.argv[2], 'package.json'));
const { default: lighthouse } = await import(theirs.resolve('lighthouse'));

const PORT = 9400 + process.pid % 500;
const OPTIONS = {
  port: PORT, output: 'json', logLevel: 'error', disableStorageReset: true,
  onlyCategories: ['performance', 'accessibility'], formFactor: 'desktop',
  screenEmulation: { mobile: false, width: 1366, height: 768,
    deviceScaleFactor: 1, disabled: false },
  throttlingMethod: 'simulate',
  throttling: { rttMs: 40, throughputKbps: 10240, cpuSlowdownMultiplier: 1,
    requestLatencyMs: 0, downloadThroughputKbps: 0, uploadThroughputKbps: 0 },
};

const office = new Office();
let browser;
try {
  await office.open(makeDocuments(16));
  await office.fill();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ||
    '/usr/bin/chromium', args: [...FLAGS, `--remote-debugging-port=${PORT}`] });
  for (const [role, name, place] of [
    ['clerk', 'intake', '/tiep-nhan'],
    ['clerk', 'register', `/den/moi?thu=${office.letter}`],
    ['leader', 'search', '/tra-cuu?q=cai+cach'],
    ['leader', 'document', `/vb/${office.entries[0].id}`],
    ['leader', 'work', '/'], ['leader', 'dashboard', '/tong-quan']]) {
    const { lhr } = await lighthouse(office.url + place, { ...OPTIONS,
      extraHeaders: { Cookie: office.people[role].cookie } });
    console.log(JSON.stringify({ name,
      performance: lhr.categories.performance.score * 100,
      accessibility: lhr.categories.accessibility.score * 100,
      paint: lhr.audits['first-contentful-paint'].numericValue,
      shift: lhr.audits['cumulative-layout-shift'].numericValue }));
  }
} finally {
  await browser?.close();
  await office.stop();
}
