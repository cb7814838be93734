import { fail, ok, type Result } from '#base/result.ts';
import { choices, quote } from '#program/problem.ts';
import type { EventQuery, Lane, RecordingSummary } from './questions.ts';

/**
 * What one types to look for events: `reason:msr lane:l2 c0000080`. Each `FIELD:VALUE` must hold, and the other words
 * together stand somewhere in the line. `"..."` around a value or words keeps spaces in them.
 */

const lanes: readonly Lane[] = ['userspace', 'kvm', 'l1', 'l2', 'unknown'];
const jumps = ['nested', 'efer', 'gap'] as const;
const fields = ['event', 'reason', 'rip', 'lane', 'vcpu', 'jump'] as const;
type Field = (typeof fields)[number];

/** What the fields take, in one line. */
export const queryHelp = 'event: reason: rip: lane: vcpu: jump:, and words of the line';

/** What of a recording a query may name. */
export type Known = Pick<RecordingSummary, 'counts' | 'reasons' | 'vcpus'>;

interface Word {
  readonly field: string | undefined;
  readonly value: string;
}

/** A field and a colon, or none; then text in quotes, or up to the next space. */
const wordForm = /(?:([a-z]+):)?(?:"([^"]*)"|([^\s"]+))/giy;

/** The words of a query; undefined where a quote is not closed. */
function wordsOf(text: string): readonly Word[] | undefined {
  const words: Word[] = [];
  const rest = text.trim();
  for (let at = 0; at < rest.length;) {
    if (/\s/.test(rest[at]!)) {
      at += 1;
      continue;
    }
    wordForm.lastIndex = at;
    const found = wordForm.exec(rest);
    if (!found) return undefined;
    words.push({ field: found[1]?.toLowerCase(), value: found[2] ?? found[3] ?? '' });
    at = wordForm.lastIndex;
  }
  return words;
}

/** Read a query; undefined where it asks for nothing. What is wrong is said in one line, with what is allowed. */
export function parseQuery(text: string, known: Known): Result<EventQuery | undefined, string> {
  const words = wordsOf(text);
  if (!words) return fail('a " without its end');
  const plain: string[] = [];
  const parts: EventQuery[] = [];
  for (const { field, value } of words) {
    if (field === undefined) plain.push(value);
    else {
      const part = partOf(field, value, known);
      if (!part.ok) return part;
      parts.push(part.value);
    }
  }
  if (plain.length > 0) parts.push({ text: plain.join(' ') });
  return ok(parts.length === 0 ? undefined : (Object.assign({}, ...parts) as EventQuery));
}

/** One field of a query. */
function partOf(field: string, value: string, known: Known): Result<EventQuery, string> {
  const name = fields.find((one) => one === field);
  if (!name)
    return fail(
      `${field}: no such field: ${choices(field, fields)}; for that text write ${quote(`${field}:${value}`)}`,
    );
  return readers[name](value, known);
}

const oneOf = <Name extends string>(value: string, names: readonly Name[]): Name | undefined =>
  names.find((name) => name.toLowerCase() === value.toLowerCase());

const readers: Readonly<Record<Field, (value: string, known: Known) => Result<EventQuery, string>>> = {
  event: (value, { counts }) => {
    const names = counts.map(({ name }) => name);
    const found = value.split(',').map((name) => ({ name, known: oneOf(name, names) }));
    const unknown = found.find((one) => one.known === undefined);
    if (unknown) return fail(`event: ${quote(unknown.name)} does not occur: ${choices(unknown.name, names)}`);
    return ok({ names: found.flatMap((one) => one.known ?? []) });
  },
  reason: (value, { reasons }) => {
    const names = reasons.map(({ reason }) => reason);
    const reason = oneOf(value, names);
    if (reason === undefined) return fail(`reason: ${quote(value)} does not occur: ${choices(value, names)}`);
    return ok({ reason });
  },
  rip: (value) =>
    /^(0x)?[0-9a-f]{1,16}$/i.test(value)
      ? ok({ rip: BigInt(`0x${value.replace(/^0x/i, '')}`) })
      : fail(`rip: ${quote(value)} is not an address: hexadecimal, up to 16 digits`),
  lane: (value) => {
    const lane = oneOf(value, lanes);
    return lane ? ok({ lane }) : fail(`lane: ${quote(value)} is none: ${choices(value, lanes)}`);
  },
  vcpu: (value, { vcpus }) => {
    const at = vcpus.findIndex(({ number }) => String(number) === value);
    const numbers = vcpus.map(({ number }) => number);
    return at >= 0 ? ok({ vcpu: at }) : fail(`vcpu: ${quote(value)} is none: ${choices(value, numbers)}`);
  },
  jump: (value) => {
    const jump = oneOf(value, jumps);
    return jump ? ok({ jump }) : fail(`jump: ${quote(value)} is none: ${choices(value, jumps)}`);
  },
};

/** A value as it is typed. */
const typed = (value: string): string => (/[\s"]/.test(value) || value === '' ? `"${value}"` : value);

/** Events of a name, as one types it. */
export const eventQuery = (name: string): string => `event:${typed(name)}`;

/** Exits for a reason, as one types it. */
export const reasonQuery = (reason: string): string => `reason:${typed(reason)}`;
