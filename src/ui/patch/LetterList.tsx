import type { Series } from '#source/patch/series.ts';
import { classes } from '../shared/classes.ts';
import { useRoving } from '../shared/useRoving.ts';
import { chooseLetter, type OpenLetter, type OpenPatches } from './store.ts';

interface Props {
  readonly open: OpenPatches;
}

/** What a letter is, as short as the list has room for. */
function badgeOf({ letter, recognition }: OpenLetter): string {
  if (letter.kind === 'cover') return 'cover letter';
  if (letter.kind === 'other') return 'no patch';
  const words = recognition?.patch?.id ?? 'not recognised';
  if (letter.kind === 'patch') return words;
  return recognition ? `reply, ${words}` : 'reply';
}

export const dayOf = (date: string): string => /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] ?? date;

function placeOf({ letter: { subject } }: OpenLetter): string {
  const place = subject.number === undefined ? '' : `${subject.number}/${subject.of}`;
  return [subject.version > 1 ? `v${subject.version}` : '', place].filter(Boolean).join(' ');
}

const nameOf = (address: string): string => address.replace(/\s*<[^>]*>\s*$/, '');

const senderOf = ({ letter }: OpenLetter): string =>
  [nameOf(letter.author), dayOf(letter.date)].filter(Boolean).join(', ');

/** Who sent a letter and when, where the one above it does not say the same. */
function newSender(letters: readonly OpenLetter[], at: number): string {
  const sender = senderOf(letters[at]!);
  return at > 0 && senderOf(letters[at - 1]!) === sender ? '' : sender;
}

function missingWords({ version, missing, letters }: Series): string {
  const of = letters[0]?.subject.of;
  return `${version > 1 ? `v${version}: ` : ''}${missing.join(', ')} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing`;
}

/** What is not as the subjects promise, a sentence each. */
function remarksOf({ set }: OpenPatches): readonly string[] {
  const copies = set.copies === 1 ? '1 copy left out' : `${set.copies} copies left out`;
  return [
    ...set.series.filter(({ missing }) => missing.length > 0).map(missingWords),
    ...(set.copies > 0 ? [copies] : []),
  ];
}

/** The mails and patches of what was opened. */
export function LetterList({ open }: Props) {
  const { group, item } = useRoving<HTMLOListElement>(open.letters.length, open.at);
  const remarks = remarksOf(open);
  return (
    <section aria-label="Series" className="border-b border-line px-2 py-1.5">
      <p className="pb-1 text-2xs [overflow-wrap:anywhere] text-ink-3">
        <b className="font-semibold text-ink-2">{open.set.name}</b>
        {remarks.map((remark) => `; ${remark}`)}
      </p>
      <ol {...group} className="max-h-36 overflow-y-auto rounded-sm border border-line">
        {open.letters.map((one, at) => (
          // What is open never changes its order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <button
              type="button"
              {...item(at)}
              aria-current={at === open.at || undefined}
              onClick={() => chooseLetter(at)}
              className={classes(
                'grid w-full cursor-pointer grid-cols-[3.5rem_minmax(0,1fr)_auto] items-baseline gap-x-2 border-l-2 px-1.5 py-0.5 text-left text-xs -outline-offset-2!',
                at === open.at ? 'border-accent bg-accent-ground' : 'border-transparent hover:bg-raised',
              )}
            >
              <span className="text-right font-mono text-2xs whitespace-nowrap text-ink-2">
                {placeOf(one)}
              </span>
              <span className="truncate">
                {one.letter.kind === 'reply' && 'Re: '}
                {one.letter.subject.title || 'a diff without a subject'}
              </span>
              <span
                className={classes(
                  'rounded-sm border px-1 text-2xs',
                  one.recognition?.patch
                    ? 'border-accent font-mono font-semibold text-accent'
                    : 'border-transparent text-ink-3',
                )}
              >
                {badgeOf(one)}
              </span>
              <Sender words={newSender(open.letters, at)} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

const Sender = ({ words }: { readonly words: string }) =>
  words !== '' && <span className="col-start-2 truncate text-2xs text-ink-3">{words}</span>;
