// Writes src/api.generated.ts: the schemas of schema/openapi.yaml as types.
//   node contract.mjs
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const scalar = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };
const nameOf = (name) => name.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

function typeOf(schema) {
  if (schema.$ref) return nameOf(schema.$ref.split('/').at(-1));
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `Array<${typeOf(schema.items)}>`;
  if (schema.type === 'object') return objectOf(schema);
  if (scalar[schema.type]) return scalar[schema.type];
  throw new Error(`contract: no type for ${JSON.stringify(schema)}`);
}

function objectOf(schema) {
  if (!schema.properties) return 'Record<string, unknown>';
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties).map(([name, member]) => `${name}${required.has(name) ? '' : '?'}: ${typeOf(member)};`);
  return members.length ? `{ ${members.join(' ')} }` : 'Record<string, never>';
}

/** What api.generated.ts holds. */
export function print(contract) {
  const types = Object.entries(contract.components.schemas).map(([name, schema]) => `export type ${nameOf(name)} = ${typeOf(schema)};\n`);
  return `// Made from schema/openapi.yaml by contract.mjs; not to be edited.\n${types.join('')}`;
}

/** Writes it, unless it is so already. */
export function write() {
  const contract = JSON.parse(fs.readFileSync(path.join(here, '../../schema/openapi.yaml'), 'utf8'));
  const file = path.join(here, 'src/api.generated.ts');
  const text = print(contract);
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) fs.writeFileSync(file, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write();
