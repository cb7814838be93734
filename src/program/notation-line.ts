import { fail, ok, type Result } from '#base/result.ts';
import { exitReasons, type ExitReason } from '#kvm/words.ts';
import type { Fields, Offer, Operand } from './notation-operand.ts';
import { isOperationName, operationForms, operationsOf, placeOf, type ListingName } from './notation-ops.ts';
import { choices, quote } from './problem.ts';
import type { Op } from './types.ts';

/** A piece of a line. */
export interface Word {
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/** What is wrong with a line, and at which characters. */
export interface LineFault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

const reasons = Object.keys(exitReasons) as readonly ExitReason[];

/** The words of a line, without its comment. */
export function wordsOf(line: string): readonly Word[] {
  const code = line.replace(/#.*$/s, '');
  return [...code.matchAll(/\S+/g)].map(({ 0: text, index }) => ({ text, at: index }));
}

const fault = ({ text, at }: Word, message: string): { readonly ok: false; readonly error: LineFault } =>
  fail({ at, length: text.length, message });

/** What follows the name of an operation, as far as it is read. */
interface Reading {
  readonly fields: Fields;
  /** The word that stands next to be read. */
  readonly next: number;
}

const start = (name: Op['do']): Reading => ({
  fields: { do: name, ...operationForms[name].blank },
  next: 1,
});

/** The operation that a line describes; undefined for a line without one. */
export function readLine(list: ListingName, line: string): Result<Op | undefined, LineFault> {
  const words = wordsOf(line);
  const [name] = words;
  if (name === undefined) return ok(undefined);
  const known = operationsOf(list);
  if (!isOperationName(name.text))
    return fault(name, `unknown operation ${quote(name.text)}, ${choices(name.text, known)}`);
  if (!known.includes(name.text))
    return fault(name, `${name.text} stands ${placeOf(name.text)}; here ${choices(name.text, known)}`);
  const read = readOperands(name.text, words);
  if (!read.ok) return read;
  const { first, lacks } = operationForms[name.text];
  if (first && words.length === 1) {
    const offered = first.offers('', {}).map(({ text }) => text);
    return fault(name, `${name.text} without an operand, ${choices('', offered)}`);
  }
  const lacking = lacks?.(read.value);
  return lacking === undefined ? ok(read.value as unknown as Op) : fault(name, lacking);
}

/** The operation with every operand taken in. */
function readOperands(name: Op['do'], words: readonly Word[]): Result<Fields, LineFault> {
  let reading = start(name);
  while (reading.next < words.length) {
    const read = readOperand(name, words, reading);
    if (!read.ok) return read;
    reading = read.value;
  }
  return ok(reading.fields);
}

function readOperand(
  name: Op['do'],
  words: readonly Word[],
  { fields, next }: Reading,
): Result<Reading, LineFault> {
  const word = words[next]!;
  if (isOn(name, word)) return readOn(word, words[next + 1], { fields, next });
  for (const { read } of kindsAt(name, next)) {
    const taken = read(word.text, fields);
    if (taken?.ok === true) return ok({ fields: taken.value, next: next + 1 });
    if (taken?.ok === false) return fault(word, taken.error);
  }
  return fault(word, unknownOperand(name, fields, word));
}

/** The kinds of operand that may stand at a place. */
function kindsAt(name: Op['do'], place: number): readonly Operand[] {
  const { first, operands } = operationForms[name];
  return first && place === 1 ? [first] : operands;
}

function unknownOperand(name: Op['do'], fields: Fields, { text }: Word): string {
  const offered = operationForms[name].operands.flatMap(({ offers }) =>
    offers('', fields).map((offer) => offer.text),
  );
  if (isUserspace(name)) offered.push('on');
  if (offered.length === 0) return `unknown operand ${quote(text)}, nothing more here`;
  return `unknown operand ${quote(text)}, ${choices(text, offered)}`;
}

const isUserspace = (name: Op['do']): boolean => operationForms[name].lists.includes('userspace');

/** `on KVM_EXIT_IO`, which any entry of userspace may carry. */
const isOn = (name: Op['do'], { text }: Word): boolean => text === 'on' && isUserspace(name);

function readOn(on: Word, reason: Word | undefined, { fields, next }: Reading): Result<Reading, LineFault> {
  if (fields['on'] !== undefined) return fault(on, '"on" a second time, at most one');
  if (!reason) return fault(on, `on without an exit reason, ${choices('', reasons)}`);
  if (!(reasons as readonly string[]).includes(reason.text))
    return fault(reason, `unknown exit reason ${quote(reason.text)}, ${choices(reason.text, reasons)}`);
  return ok({ fields: { ...fields, on: reason.text }, next: next + 2 });
}

/** The operation as a line. */
export function formatOp(op: Op): string {
  const { first, operands } = operationForms[op.do];
  const fields = op as unknown as Fields;
  const words = [...(first ? [first] : []), ...operands].flatMap(({ write }) => write(fields));
  return [op.do, ...words, ...('on' in op && op.on !== undefined ? ['on', op.on] : [])].join(' ');
}

/** What may be written as the last of the words, which may be empty. Faults before it hide nothing. */
export function offersFor(list: ListingName, words: readonly Word[]): readonly Offer[] {
  const place = words.length - 1;
  const name = words[0]?.text ?? '';
  if (place <= 0) {
    return operationsOf(list).map((text) => ({ text, about: operationForms[text].about }));
  }
  if (!isOperationName(name) || !operationForms[name].lists.includes(list)) return [];
  if (words[place - 1] && isOn(name, words[place - 1]!))
    return reasons.map((text) => ({ text, about: 'only on an exit with this reason' }));
  const fields = fieldsBefore(name, words, place);
  const word = words[place]?.text ?? '';
  const offers = kindsAt(name, place).flatMap((kind) => kind.offers(word, fields));
  const on = { text: 'on', about: 'only on an exit with a certain reason' };
  return isUserspace(name) && fields['on'] === undefined ? [...offers, on] : offers;
}

/** The operation as far as the words before a place make sense. */
function fieldsBefore(name: Op['do'], words: readonly Word[], place: number): Fields {
  let reading = start(name);
  while (reading.next < place) {
    const read = readOperand(name, words.slice(0, place), reading);
    reading = read.ok ? read.value : { ...reading, next: reading.next + 1 };
  }
  return reading.fields;
}
