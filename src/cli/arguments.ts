import { fail, ok, type Result } from '#base/result.ts';

/** What the commands share: their arguments, and what they print. */

const formats = ['json', 'text'] as const;
export type Format = (typeof formats)[number];

/** What a command prints, and whether all that was asked for holds. */
export interface Printed {
  readonly text: string;
  readonly holds: boolean;
}

export const printed = (text: string, holds = true): Printed => ({ text, holds });

/** The values of `--name value` and what stands without one. */
export function split(
  words: readonly string[],
  known: readonly string[],
): Result<{ options: Map<string, string>; rest: string[] }, string> {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    if (!known.includes(word)) return fail(`${word}: unknown option, one of ${known.join(' ')}`);
    if (options.has(word)) return fail(`${word}: given twice`);
    const value = words[at + 1];
    if (value === undefined || value.startsWith('--')) return fail(`${word}: needs a value`);
    options.set(word, value);
    at += 1;
  }
  return ok({ options, rest });
}

/** The value of `--format`; JSON where it is not given. */
export function parseFormat(options: ReadonlyMap<string, string>): Result<Format, string> {
  const wanted = options.get('--format') ?? 'json';
  const format = formats.find((one) => one === wanted);
  return format ? ok(format) : fail(`--format: unknown format "${wanted}", one of ${formats.join(' ')}`);
}
