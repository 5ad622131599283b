// The first sheet of an XLSX as rows of text. The file is the administrator's
// own; it is opened in the browser, so that the service sees plain rows.

interface Part { name: string; method: number; from: number; size: number }

function partsOf(bytes: DataView): Part[] {
  let end = bytes.byteLength - 22;
  while (end >= 0 && bytes.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error('no zip');
  const parts: Part[] = [];
  let at = bytes.getUint32(end + 16, true);
  for (let n = bytes.getUint16(end + 10, true); n > 0 && bytes.getUint32(at, true) === 0x02014b50; n--) {
    const name = bytes.getUint16(at + 28, true);
    const local = bytes.getUint32(at + 42, true);
    parts.push({
      name: new TextDecoder().decode(new Uint8Array(bytes.buffer, at + 46, name)), method: bytes.getUint16(at + 10, true), size: bytes.getUint32(at + 20, true),
      from: local + 30 + bytes.getUint16(local + 26, true) + bytes.getUint16(local + 28, true),
    });
    at += 46 + name + bytes.getUint16(at + 30, true) + bytes.getUint16(at + 32, true);
  }
  return parts;
}

async function read(bytes: DataView, part: Part | undefined): Promise<Document | null> {
  if (!part) return null;
  const raw = new Blob([new Uint8Array(bytes.buffer as ArrayBuffer, part.from, part.size)]);
  const stream = part.method ? raw.stream().pipeThrough(new DecompressionStream('deflate-raw')) : raw.stream();
  return new DOMParser().parseFromString(await new Response(stream).text(), 'application/xml');
}

const words = (of: Element): string => [...of.getElementsByTagName('t')].map((t) => t.textContent ?? '').join('');
const columnOf = (place: string): number => [...place.replace(/\d/g, '')].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;

export async function readSheet(file: File): Promise<string[][]> {
  const bytes = new DataView(await file.arrayBuffer());
  const parts = partsOf(bytes);
  const find = (name: string): Part | undefined => parts.find((p) => p.name === name);
  const shared = await read(bytes, find('xl/sharedStrings.xml'));
  const strings = shared ? [...shared.getElementsByTagName('si')].map(words) : [];
  const sheet = await read(bytes, find('xl/worksheets/sheet1.xml') ?? parts.find((p) => p.name.startsWith('xl/worksheets/')));
  if (!sheet) throw new Error('no sheet');
  return [...sheet.getElementsByTagName('row')].map((row) => {
    const out: string[] = [];
    for (const cell of row.getElementsByTagName('c')) {
      const value = cell.getElementsByTagName('v')[0]?.textContent ?? '';
      const type = cell.getAttribute('t');
      out[columnOf(cell.getAttribute('r') ?? 'A')] = (type === 's' ? strings[+value] ?? '' : type === 'inlineStr' ? words(cell) : value).trim();
    }
    return Array.from(out, (c) => c ?? '');
  }).filter((row) => row.some(Boolean));
}

/** CSV as Excel saves it: ; or , or tabs, quotes doubled. */
export function readCsv(text: string): string[][] {
  const by = (text.split('\n')[0].match(/[;\t,]/) ?? [';'])[0];
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (const c of `${text.replace(/^\uFEFF/, '').replace(/\r/g, '')}\n`) {
    if (c === '"') quoted = !quoted;
    else if (!quoted && (c === by || c === '\n')) {
      row.push(cell.trim());
      cell = '';
      if (c === '\n') { if (row.some(Boolean)) rows.push(row); row = []; }
    } else cell += c;
  }
  return rows;
}
