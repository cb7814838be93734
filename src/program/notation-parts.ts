import { fail, ok, type Result } from '#base/result.ts';
import { eferBitNames, eferBits, type EferBit } from '#isa/efer.ts';
import { interceptNames, type InterceptName } from '#isa/intercepts.ts';
import {
  assigned,
  assignment,
  emptyPart,
  fieldAt,
  flag,
  nameList,
  twice,
  withField,
  type FieldPath,
  type Fields,
  type Offer,
  type Operand,
} from './notation-operand.ts';
import { choices, quote } from './problem.ts';
import { nestedStateFlags, type EferChange } from './types.ts';

/** Operands with a form of their own: bits of EFER, intercepts, values. */

const eferTitles = Object.fromEntries(eferBitNames.map((name) => [name, eferBits[name].title])) as Readonly<
  Record<EferBit, string>
>;

export const eferWhole = nameList('efer', ['efer'], 'EFER bit', eferTitles);

const isBit = (name: string): name is EferBit => Object.hasOwn(eferBits, name);

/** What a change of EFER is called where it could not be made. */
type Refusal = (fields: Fields) => string | undefined;

/** `SVME=0 SCE=1`: bits of EFER to clear and to set. `set=none` is a list with nothing on it. */
export function eferBitsAt(path: readonly string[], refusal: Refusal = () => undefined): Operand {
  const at = (key: string): FieldPath => [...path, key] as unknown as FieldPath;
  const empties = (['set', 'clear'] as const).map((key) => emptyPart(`${key}=none`, at(key), []));
  const change = (fields: Fields): EferChange => fieldAt(fields, path) ?? {};
  return {
    read: (word, fields) => {
      const refused = refusal(fields);
      const empty = empties.map(({ read }) => read(word, fields)).find((found) => found !== undefined);
      const [name = '', ...rest] = word.split('=');
      if (!isBit(name) && empty === undefined) return undefined;
      if (refused !== undefined) return fail(refused);
      return empty ?? readBit(name as EferBit, rest.length > 0 ? rest.join('=') : undefined, fields, at);
    },
    write: (fields) => {
      const { set = [], clear = [] } = change(fields);
      return [
        ...set.map((name) => `${name}=1`),
        ...clear.map((name) => `${name}=0`),
        ...empties.flatMap(({ write }) => write(fields)),
      ];
    },
    offers: (_word, fields) => {
      if (refusal(fields) !== undefined) return [];
      const { set = [], clear = [] } = change(fields);
      // SVME is what it is mostly about.
      const free = eferBitNames.filter((name) => !set.includes(name) && !clear.includes(name));
      const order = free.toSorted((a, b) => Number(b === 'SVME') - Number(a === 'SVME'));
      return order.flatMap((name) => [
        { text: `${name}=0`, about: `clear: ${eferTitles[name]}` },
        { text: `${name}=1`, about: `set: ${eferTitles[name]}` },
      ]);
    },
  };
}

function readBit(
  name: EferBit,
  value: string | undefined,
  fields: Fields,
  at: (key: string) => FieldPath,
): Result<Fields, string> {
  if (value === undefined)
    return fail(`${name} without a value, ${choices(name, [`${name}=0`, `${name}=1`])}`);
  if (value !== '0' && value !== '1')
    return fail(`unknown value ${quote(value)} of ${name}, ${choices(value, [0, 1])}`);
  const list = (key: string): readonly EferBit[] => (fieldAt(fields, at(key)) ?? []) as readonly EferBit[];
  if (list('set').includes(name) || list('clear').includes(name)) return fail(twice(name));
  const key = value === '1' ? 'set' : 'clear';
  if (fieldAt(fields, at(key)) !== undefined && list(key).length === 0)
    return fail(`beside ${key}=none, which is allowed alone`);
  return ok(withField(fields, at(key), [...list(key), name]));
}

/** `0xf00`: the whole value of an MSR. */
export const hexValue: Operand = {
  read: (word, fields) => {
    if (!/^\d/.test(word)) return undefined;
    if (fields['set'] !== undefined || fields['clear'] !== undefined)
      return fail(`${quote(word)} beside bits, needs bits such as SVME=0, or a value`);
    if (fields['value'] !== undefined) return fail(`${quote(word)} is a second value, at most one`);
    if (!/^0x[0-9a-fA-F]{1,16}$/.test(word))
      return fail(`not 0x and 1 to 16 hexadecimal digits: ${quote(word)}`);
    return ok({ ...fields, value: word });
  },
  write: ({ value }) => (typeof value === 'string' ? [value] : []),
  offers: () => [],
};

const isIntercept = (name: string): name is InterceptName => interceptNames.includes(name as InterceptName);

/** `+MSR_PROT -VMMCALL`: intercepts of vmcb12 to set and to clear. */
export const interceptEdits: Operand = {
  read: (word, fields) => {
    const sign = word[0];
    const name = word.slice(1);
    if (isIntercept(word)) return fail(`${word} without a sign, ${choices(word, [`+${word}`, `-${word}`])}`);
    if (sign !== '+' && sign !== '-') return undefined;
    if (!isIntercept(name)) return fail(`unknown intercept ${quote(name)}, ${choices(name, interceptNames)}`);
    const given = (fields['intercepts'] ?? {}) as Fields;
    if (Object.hasOwn(given, name)) return fail(twice(name));
    return ok({ ...fields, intercepts: { ...given, [name]: sign === '+' } });
  },
  write: ({ intercepts }) =>
    Object.entries((intercepts ?? {}) as Fields).map(([name, on]) => `${on === true ? '+' : '-'}${name}`),
  offers: (word, { intercepts }) => {
    const sign = word.startsWith('-') ? '-' : '+';
    const about = sign === '+' ? 'L1 intercepts it' : 'L1 does not intercept it';
    const given = (intercepts ?? {}) as Fields;
    return interceptNames
      .filter((name) => !Object.hasOwn(given, name))
      .map((name) => ({ text: `${sign}${name}`, about }));
  },
};

export const noInterceptEdit = emptyPart('intercepts=unchanged', ['intercepts'], {});
export const noMsrpmEdit = emptyPart('msrpm=unchanged', ['msrpm', 'EFER'], {});

export const msrpmRead = flag('msrpm.read', ['msrpm', 'EFER', 'read'], "L1's map intercepts reads of EFER");
export const msrpmWrite = flag(
  'msrpm.write',
  ['msrpm', 'EFER', 'write'],
  "L1's map intercepts writes of EFER",
);

const mostAsid = 0xffff_ffff;

function wholeNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value <= most ? value : undefined;
}

export const asid = assignment({
  name: 'asid',
  path: ['asid'],
  parse: (text) => {
    const value = wholeNumber(text, mostAsid);
    return value === undefined ? fail(`not a whole number from 0 to ${mostAsid}: ${quote(text)}`) : ok(value);
  },
  print: String,
  offers: () => [
    { text: 'asid=0', about: "reserved for the host: VMRUN's checks refuse it" },
    { text: 'asid=1', about: 'an ASID of a guest' },
  ],
});

/** The last index that `rip` can have in any program. */
const lastIndex = 1000;

/** `rip=next`, or an index into L2's code. */
export const rip = assignment({
  name: 'rip',
  path: ['rip'],
  parse: (text) => {
    const value = text === 'next' ? text : wholeNumber(text, lastIndex);
    return value === undefined ? fail(`not "next" or an index into l2: ${quote(text)}`) : ok(value);
  },
  print: String,
  offers: () => [
    { text: 'rip=next', about: 'past the instruction that L2 stopped at' },
    { text: 'rip=0', about: "back to the start of L2's code" },
  ],
});

const flagTitles: Readonly<Record<(typeof nestedStateFlags)[number], string>> = {
  GUEST_MODE: 'the vCPU is in guest mode',
  RUN_PENDING: 'KVM_RUN has to enter L2',
  GIF_SET: 'GIF is set',
};

/** `GUEST_MODE GIF_SET`: flags of a nested state. `flags=none` is a state without any. */
export const stateFlags: Operand = {
  read: (word, fields) => {
    if (!(nestedStateFlags as readonly string[]).includes(word) && assigned('flags', word) === undefined)
      return undefined;
    if (fields['restore'] === true) return fail(`${quote(word)} beside restore, needs flags, or restore`);
    const given = fields['flags'] as readonly string[] | undefined;
    if (word === 'flags=none')
      return given === undefined
        ? ok({ ...fields, flags: [] })
        : fail('flags=none beside others, allowed alone');
    if (word.includes('=')) return fail(`unknown flags, flags=none or ${choices('', nestedStateFlags)}`);
    if (given?.length === 0) return fail('beside flags=none, which is allowed alone');
    if (given?.includes(word)) return fail(twice(word));
    return ok({ ...fields, flags: [...(given ?? []), word] });
  },
  write: ({ flags }) => {
    const given = flags as readonly string[] | undefined;
    return given?.length === 0 ? ['flags=none'] : (given ?? []);
  },
  offers: (_word, fields) => {
    if (fields['restore'] === true) return [];
    const given = (fields['flags'] ?? []) as readonly string[];
    const none: readonly Offer[] =
      fields['flags'] === undefined ? [{ text: 'flags=none', about: 'leaves guest mode, GIF clear' }] : [];
    return [
      ...nestedStateFlags
        .filter((name) => !given.includes(name))
        .map((name) => ({ text: name, about: flagTitles[name] })),
      ...none,
    ];
  },
};
