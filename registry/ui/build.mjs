// Builds dist/: index.html, assets with a content hash, a .gz beside each.
// Scripts per language: say(vi, en) becomes the one or the other. Screens are
// modules of their own; what the first one needs is held to the budget.
//   node build.mjs           builds
//   node build.mjs --check   builds and fails when over the size budget
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const here = path.dirname(new URL(import.meta.url).pathname);
const out = path.join(here, 'dist');
const dist = `${out}.${process.pid}`; // takes the place of out when whole
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

/** The text of a node with each say(vi, en) in it replaced by its side. */
function inLanguage(node, source, side) {
  const call = ts.isCallExpression(node) && node.expression.getText(source) === 'say' && node.arguments.length === 2;
  if (call) return `(${inLanguage(node.arguments[side], source, side)})`;
  let out = '';
  let at = node.getFullStart();
  ts.forEachChild(node, (child) => {
    out += source.text.slice(at, child.getFullStart()) + inLanguage(child, source, side);
    at = child.getEnd();
  });
  return out + source.text.slice(at, node.getEnd());
}

const oneLanguage = (side) => ({
  name: 'one-language',
  setup(builder) {
    builder.onLoad({ filter: /src[/\\].*\.tsx?$/ }, ({ path: file }) => {
      const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      return { contents: inLanguage(source, source, side), loader: file.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

const options = { bundle: true, minify: true, write: false, target: 'chrome109', absWorkingDir: here };
const scripts = {};
const urls = {};
for (const [side, language] of ['vi', 'en'].entries()) {
  const made = await build({
    ...options, entryPoints: ['src/main.tsx'], format: 'esm', splitting: true, outdir: 'out', metafile: true, jsx: 'automatic', jsxImportSource: 'preact',
    entryNames: `app-${language}-[hash]`, chunkNames: `${language}-[name]-[hash]`, plugins: [oneLanguage(side)],
  });
  const sizes = {};
  for (const file of made.outputFiles) {
    const name = path.basename(file.path);
    const packed = gzipSync(file.contents, { level: 9 });
    fs.writeFileSync(path.join(dist, 'assets', name), file.contents);
    fs.writeFileSync(path.join(dist, 'assets', `${name}.gz`), packed);
    sizes[name] = packed.length;
  }
  // the entry and all that it imports at once
  const first = new Set();
  const follow = (output) => {
    if (first.has(output)) return;
    first.add(output);
    for (const one of made.metafile.outputs[output].imports) if (one.kind === 'import-statement') follow(one.path);
  };
  const entry = Object.keys(made.metafile.outputs).find((output) => made.metafile.outputs[output].entryPoint === 'src/main.tsx');
  follow(entry);
  urls[language] = [...first].map((output) => `/assets/${path.basename(output)}`); // the entry first
  scripts[language] = {
    size: [...first].reduce((sum, output) => sum + sizes[path.basename(output)], 0),
    all: Object.values(sizes).reduce((sum, size) => sum + size, 0),
  };
}
const theme = await build({ ...options, entryPoints: ['src/theme.ts'], format: 'iife', define: { SCRIPTS: JSON.stringify(urls) } });
let css = (await build({ ...options, entryPoints: ['src/app.css'], external: ['*.woff2'] })).outputFiles[0].text;
let early = ''; // fonts that come before the first paint move nothing
for (const part of ['latin', 'vietnamese']) {
  const file = `inter-${part}-wght-normal.woff2`;
  const { url } = put(file, fs.readFileSync(path.join(fonts, file)));
  css = css.replace(file, url);
  early += `<link rel="preload" as="font" type="font/woff2" crossorigin href="${url}">`;
}
const dress = put('theme.js', theme.outputFiles[0].contents);
const style = put('app.css', css);
const html = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sổ văn bản</title>${early}<script src="${dress.url}"></script><link rel="stylesheet" href="${style.url}"></head>
<body><div id="app"></div></body></html>
`;
fs.writeFileSync(path.join(dist, 'index.html'), html);
fs.writeFileSync(path.join(dist, 'index.html.gz'), gzipSync(html, { level: 9 }));
fs.rmSync(out, { recursive: true, force: true });
fs.renameSync(dist, out);
const size = Math.max(...Object.values(scripts).map((script) => script.size)) + dress.size;
const all = Math.max(...Object.values(scripts).map((script) => script.all)) + dress.size;
console.log(`ui: js ${size} bytes gz of ${budget.js} at first, ${all} with every screen, css ${style.size} of ${budget.css}`);
if (size > budget.js || style.size > budget.css) {
  console.error('ui: over the size budget');
  process.exit(1);
}
