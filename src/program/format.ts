import { programFormat } from './schema.ts';
import { defaults, type Program } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The program as a document of its format, without what is the default anyway. */
export function programToJson({ title, host, guest, vmcb12, code, userspace }: Program): Fields {
  return {
    format: programFormat,
    title,
    ...differing(
      {
        host: differing(host, defaults.host),
        guest: differing(guest, defaults.guest),
        vmcb12: vmcb12ToJson(vmcb12),
      },
      { host: {}, guest: {}, vmcb12: {} },
    ),
    code: { l1: code.l1, ...differing({ l2: code.l2, smm: code.smm }, { l2: [], smm: defaults.smm }) },
    ...differing({ userspace }, { userspace: defaults.userspace }),
  };
}

function vmcb12ToJson({ msrpm, ...rest }: Program['vmcb12']): Fields {
  const efer = differing(msrpm.EFER, defaults.vmcb12.msrpm.EFER);
  return {
    ...differing(rest, defaults.vmcb12),
    ...differing({ msrpm: { EFER: efer } }, { msrpm: { EFER: {} } }),
  };
}

/** The fields that are not as in the other object. */
function differing(fields: object, usual: object): Fields {
  const given: Fields = { ...fields };
  const expected: Fields = { ...usual };
  return Object.fromEntries(
    Object.entries(given).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(expected[key])),
  );
}

/** Which parts of the document take a line for each of their own parts, however short they are. */
interface Layout {
  readonly [key: string]: Layout;
}

const lines: Layout = {};
const documentLayout: Layout = { code: { l1: lines, l2: lines, smm: lines }, userspace: lines };

const width = 110;

/** The document as text for people: an operation to a line. */
export function programToText(program: Program): string {
  return `${write(programToJson(program), '', '', documentLayout)}\n`;
}

/** The value after its label: on the label's line where that is allowed and fits, else with its parts on lines of their own. */
function write(value: unknown, label: string, indent: string, layout?: Layout): string {
  const flat = `${indent}${label}${writeFlat(value)}`;
  const parts = partsOf(value);
  if (parts.length === 0 || (layout === undefined && flat.length < width)) return flat;
  const rows = parts.map(([key, part]) => write(part, labelOf(key), `${indent}  `, layout?.[key]));
  const [open, close] = brackets(value);
  return `${indent}${label}${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function writeFlat(value: unknown): string {
  const parts = partsOf(value);
  if (parts.length === 0) return JSON.stringify(value);
  const items = parts.map(([key, part]) => `${labelOf(key)}${writeFlat(part)}`).join(', ');
  const [open, close] = brackets(value);
  return Array.isArray(value) ? `${open}${items}${close}` : `${open} ${items} ${close}`;
}

/** What a list or an object consists of; a list's items have no key. */
function partsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item) => ['', item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function labelOf(key: string): string {
  return key === '' ? '' : `${JSON.stringify(key)}: `;
}

function brackets(value: unknown): readonly [string, string] {
  return Array.isArray(value) ? ['[', ']'] : ['{', '}'];
}
