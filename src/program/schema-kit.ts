import * as v from 'valibot';

import { choices, quote } from './problem.ts';

/**
 * The pieces that the program's schema is made of. Each says in its own words what is wrong with a value.
 * All of them are valibot's own schemas, so that a converter to JSON Schema knows them.
 */

interface Refusal {
  readonly message: string;
  /** The key that is refused; absent: the value itself. */
  readonly key?: string;
}

type Guard = (value: unknown) => Refusal | undefined;

/** The schema, behind a question that is asked first. */
function guarded<Schema extends v.GenericSchema>(schema: Schema, guard: Guard): Schema {
  const run: Schema['~run'] = (dataset, config) => {
    const refusal = guard(dataset.value);
    return refusal === undefined ? schema['~run'](dataset, config) : failure(dataset.value, refusal);
  };
  return { ...schema, '~run': run };
}

function failure(input: unknown, { message, key }: Refusal): v.FailureDataset<v.BaseIssue<unknown>> {
  const issue = { kind: 'schema', type: 'guard', input, expected: null, received: '', message } as const;
  if (key === undefined) return { typed: false, value: input, issues: [issue] };
  const item: v.UnknownPathItem = { type: 'unknown', origin: 'key', input, key, value: undefined };
  return { typed: false, value: input, issues: [{ ...issue, path: [item] }] };
}

/** A list passes for an object without keys with valibot. */
const objectsOnly: Guard = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? undefined
    : { message: `not an object: ${quote(value)}` };

function strangeKey(value: object, entries: v.ObjectEntries): string | undefined {
  for (const key in value) if (!Object.hasOwn(entries, key)) return key;
  return undefined;
}

/** What a missing key should have held. */
function wanted(schema: v.ObjectEntries[string]): string {
  const { options } = schema as { readonly options?: readonly (string | number)[] };
  return options === undefined ? (v.getDescription(schema) ?? 'a value') : choices(undefined, options);
}

/** An object with these keys and no others. A strange key is named before a missing one: it may be that one misspelt. */
export function closed<const Entries extends v.ObjectEntries>(entries: Entries, kind = 'key') {
  const schema = v.strictObject(entries, ({ path }) => `missing, ${wanted(entries[String(path?.[0].key)]!)}`);
  return guarded(schema, (value) => {
    const refusal = objectsOnly(value);
    if (refusal !== undefined) return refusal;
    const key = strangeKey(value as object, entries);
    if (key === undefined) return undefined;
    return { key, message: `unknown ${kind}, ${choices(key, Object.keys(entries))}` };
  });
}

/** The `do` of one operation, or of several with the same operands. */
export function named<const Names extends readonly string[]>(...names: Names) {
  return v.picklist(names);
}

interface OperationEntries extends v.ObjectEntries {
  readonly do: v.PicklistSchema<readonly string[], undefined>;
}
type Operation = v.StrictObjectSchema<OperationEntries, v.ErrorMessage<v.StrictObjectIssue>>;

/** One of the operations, told apart by `do`. */
export function operation<const Options extends readonly Operation[]>(options: Options) {
  const names = options.flatMap((option) => option.entries.do.options);
  const message = ({ input }: v.VariantIssue): string =>
    `${input === undefined ? 'missing' : `unknown operation ${quote(input)}`}, ${choices(input, names)}`;
  return guarded(v.variant('do', options, message), objectsOnly);
}

/** JSON can write -0, a number that no operation has a use for and that prints as 0. */
const isMinusZero = (value: unknown): boolean => Object.is(value, -0);

/** One of the names. */
export function oneOf<const Names extends readonly (string | number)[]>(kind: string, names: Names) {
  const message = (input: unknown): string => `unknown ${kind} ${quote(input)}, ${choices(input, names)}`;
  const schema = v.picklist(names, ({ input }) => message(input));
  return guarded(schema, (input) => (isMinusZero(input) ? { message: message(input) } : undefined));
}

/** A whole number from 0 to the given one. */
export function upTo(most: number, what: string) {
  const message = ({ input }: { readonly input: unknown }): string => `not ${what}: ${quote(input)}`;
  const schema = v.number(message);
  return v.pipe(
    guarded(schema, (input) => (isMinusZero(input) ? { message: message({ input }) } : undefined)),
    v.minValue(0, message),
    v.maxValue(most, message),
    v.integer(message),
  );
}

/** A list of what the schema describes. */
export function list<const Item extends v.GenericSchema>(item: Item) {
  return v.array(item, ({ input }) => `not a list: ${quote(input)}`);
}

/** A list with a limit; `what` names the items. */
export function shortList<const Item extends v.GenericSchema>(item: Item, what: string, most: number) {
  return v.pipe(
    list(item),
    v.maxLength(most, ({ input }) => `${input.length} ${what}, at most ${most}`),
    v.description(`a list of ${what}`),
  );
}

export const flag = v.boolean(({ input }) => `not a boolean: ${quote(input)}`);

export const text = v.string(({ input }) => `not a string: ${quote(input)}`);
