import {
  argumentMeanings,
  masks,
  nameOf,
  names,
  type CallName,
  type ChoiceName,
  type Name,
} from './expression-names.ts';
import { endOf, scan, type Token } from './expression-scan.ts';

/** Something that may be written, with what it means in a few words. */
interface Offer {
  readonly text: string;
  readonly about: string;
}

/** What may be written in place of some characters. */
export interface ExpressionOffers {
  readonly from: number;
  readonly to: number;
  /** Only one of the offers may stand there. */
  readonly needed: boolean;
  /** Best first; none where what stands there is complete. */
  readonly offers: readonly Offer[];
}

/** Offers that a list shows. */
const mostOffers = 12;
/** Characters from which on a word is looked for also within the names. */
const tellingLength = 2;

/** What may be written at the caret: in place of the word there, or between words. */
export function expressionOffers(text: string, caret: number): ExpressionOffers {
  const tokens = scan(text);
  const touched = tokens.filter((token) => token.at <= caret && caret <= endOf(token));
  const word = touched.find(({ kind }) => isWord(kind));
  const from = word?.at ?? caret;
  const to = word ? endOf(word) : caret;
  const before = tokens.filter((token) => endOf(token) <= from);
  const next = tokens.find(({ at }) => at >= to);
  const mayBegin = word
    ? word.kind === 'name' || caret === from
    : isGap(touched, caret) && !beginsValue(next);
  const { needed, offers } = mayBegin ? offersBetween(before, next) : nothing;
  return { from, to, needed, offers: matching(offers, text.slice(from, caret)) };
}

/** A sign that the caret stands in is neither before it nor after. */
const isGap = (touched: readonly Token[], caret: number): boolean =>
  touched.every((token) => token.at === caret || endOf(token) === caret);

const beginsValue = (token: Token | undefined): boolean =>
  token !== undefined && (isWord(token.kind) || token.text === '(' || token.text === '!');

const isWord = (kind: Token['kind']): boolean => kind === 'name' || kind === 'number';

type Found = Pick<ExpressionOffers, 'needed' | 'offers'>;

const nothing: Found = { needed: false, offers: [] };

/** After these a comparison may begin: beside the other operators it would need parentheses. */
const opening = new Set(['(', '&&', '||', '->']);
const bitwise = new Set(['&', '|']);
const comparing = new Set(['==', '!=']);

/** All that may stand between some words and the next one. */
function offersBetween(before: readonly Token[], next: Token | undefined): Found {
  const last = before.at(-1);
  const sign = last?.text ?? '';
  if (last && (last.kind !== 'sign' || sign === ')')) return nothing;
  // The kernel's vmcb12_is_intercept() has the cache of vmcb12 before the comma.
  const subject = nameOf(before.at(sign === ',' ? -4 : -2)?.text ?? '');
  if (subject?.kind === 'call' && (sign === '(' || sign === ','))
    return next?.text === ',' ? nothing : { needed: true, offers: argumentsOf(subject, next) };
  if (subject?.kind === 'choice' && comparing.has(sign)) return { needed: true, offers: valuesOf(subject) };
  if (sign === ',') return nothing;
  const follows = next?.text ?? '';
  const mayCompare = (!last || opening.has(sign)) && !bitwise.has(follows);
  const all = new Set([...(sign === '&' ? masks : []), ...names]);
  const offered = [...all].filter(({ kind }) =>
    follows === '(' ? kind === 'call' : mayCompare || kind !== 'choice',
  );
  return { needed: false, offers: offered.map((name) => offerOf(name, follows)) };
}

function valuesOf({ values, noun, text }: ChoiceName): readonly Offer[] {
  return [...values.keys()].map((one) => ({ text: one, about: `a ${noun} of ${text}` }));
}

function argumentsOf(call: CallName, next: Token | undefined): readonly Offer[] {
  const closing = next?.text === ')' ? '' : ')';
  return [...call.arguments.keys()].map((text) => ({
    text: text + closing,
    about: argumentMeanings.get(text) ?? call.about,
  }));
}

/** A name with what has to follow it, unless that is there. */
function offerOf(name: Name, follows: string): Offer {
  const { text, about } = name;
  switch (name.kind) {
    case 'value':
      return { text, about };
    case 'choice':
      return { text: comparing.has(follows) ? text : `${text} == `, about };
    case 'call': {
      if (follows === '(') return { text, about };
      const [first, ...others] = name.arguments.keys();
      return { text: others.length > 0 ? `${text}(` : `${text}(${first})`, about };
    }
  }
}

/** The offers that begin with what is typed, then those that contain it. */
function matching(offers: readonly Offer[], typed: string): readonly Offer[] {
  if (offers.some(({ text }) => text === typed)) return [];
  const wanted = typed.toLowerCase();
  const place = ({ text }: Offer): number => text.toLowerCase().indexOf(wanted);
  return offers
    .filter((offer) => place(offer) === 0 || (place(offer) > 0 && typed.length >= tellingLength))
    .toSorted((left, right) => Number(place(left) > 0) - Number(place(right) > 0))
    .slice(0, mostOffers);
}
