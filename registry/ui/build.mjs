// Builds dist/: index.html, assets with a content hash, a .gz beside each.
//   node build.mjs           builds
//   node build.mjs --check   builds and fails when over the size budget
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fs from 'node:fs';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const dist = path.join(here, 'dist');
const fonts = path.join(here, 'node_modules/@fontsource-variable/inter/files');
const budget = { js: 60 * 1024, css: 14 * 1024 };

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });

function put(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}.${hash}${ext}`;
  fs.writeFileSync(path.join(dist, 'assets', hashed), content);
  const packed = gzipSync(content, { level: 9 });
  if (ext !== '.woff2') fs.writeFileSync(path.join(dist, 'assets', `${hashed}.gz`), packed);
  return { url: `/assets/${hashed}`, size: packed.length };
}

const options = { bundle: true, minify: true, write: false, target: 'chrome109', absWorkingDir: here };
const script = await build({ ...options, entryPoints: ['src/main.tsx'], format: 'iife', jsx: 'automatic', jsxImportSource: 'preact' });
const theme = await build({ ...options, entryPoints: ['src/theme.ts'], format: 'iife' });
let css = (await build({ ...options, entryPoints: ['src/app.css'], external: ['*.woff2'] })).outputFiles[0].text;
for (const part of ['latin', 'vietnamese']) {
  const file = `inter-${part}-wght-normal.woff2`;
  css = css.replace(file, put(file, fs.readFileSync(path.join(fonts, file))).url);
}
const js = put('app.js', script.outputFiles[0].contents);
const early = put('theme.js', theme.outputFiles[0].contents);
const style = put('app.css', css);
const html = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sổ văn bản</title><script src="${early.url}"></script><link rel="stylesheet" href="${style.url}"></head>
<body><div id="app"></div><script src="${js.url}" defer></script></body></html>
`;
fs.writeFileSync(path.join(dist, 'index.html'), html);
fs.writeFileSync(path.join(dist, 'index.html.gz'), gzipSync(html, { level: 9 }));
console.log(`ui: js ${js.size + early.size} bytes gz of ${budget.js}, css ${style.size} of ${budget.css}`);
if (js.size + early.size > budget.js || style.size > budget.css) {
  console.error('ui: over the size budget');
  process.exit(1);
}
