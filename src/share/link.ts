import { fail, type Result } from '#base/result.ts';
import type { PageView } from '#session/page-look.ts';
import { viewFrom } from '#session/restore.ts';
import type { Session } from '#session/session.ts';
import { checksum, Damaged, fourBytes, fromBase64url, toBase64url } from './bytes.ts';
import { folded, mostNodes } from './fold.ts';
import { pack } from './pack.ts';
import { newestVersion, oldestVersion, read, type Unchecked } from './upgraders.ts';

/**
 * A run with how it is shown, as the fragment of an address, and back: `v2.` and base64url of the content and of a
 * checksum over version and content. That frame is the same in every version, so that a link from a newer build is
 * told from a damaged one by a build that can read neither.
 */
const frame = /^v([1-9]\d{0,5})\.(.*)$/s;

/** Characters of the longest link that is looked at. */
const longestLink = 1_000_000;

const checkBytes = (version: number, content: readonly number[]): readonly number[] =>
  fourBytes(checksum([...fourBytes(version), ...content]));

/** The fragment, without `#`, of a link of some version with that content. */
export function framed(version: number, content: readonly number[]): string {
  return `v${version}.${toBase64url([...content, ...checkBytes(version, content)])}`;
}

/** The fragment, without `#`, that a view makes. */
export function fragmentOf(view: PageView): string {
  return framed(newestVersion, pack(folded(view)));
}

/** The link to a view, at the address of a page; the address may have a fragment already. */
export function linkOf(view: PageView, base: string): string {
  return `${base.replace(/#.*$/s, '')}#${fragmentOf(view)}`;
}

/** Why a run cannot be a link; undefined where it can. */
export function linkProblem({ nodes }: Session): string | undefined {
  return nodes.length <= mostNodes
    ? undefined
    : `link: the run has ${nodes.length} operations, a link holds ${mostNodes}: save the program as a file instead`;
}

/** The view that a fragment, without `#`, holds, or one line that says what is wrong with it. */
export function readFragment(fragment: string): Result<PageView, string> {
  if (fragment.length > longestLink)
    return fail(`link: ${fragment.length} characters, at most ${longestLink}`);
  const [, digits, text] = frame.exec(fragment) ?? [];
  if (digits === undefined || text === undefined)
    return fail(
      `link: not one of svmscope's: what follows # begins with v${oldestVersion}. to v${newestVersion}.`,
    );
  const version = Number(digits);
  try {
    const content = contentOf(version, text);
    if (version > newestVersion)
      return fail(
        `link: made by a newer svmscope (version ${version}), this one reads ${oldestVersion} to ${newestVersion}: reload the page to get the new one, or ask for the program as a file`,
      );
    return checked(read(version, content));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`link: damaged, cut off or mistyped (${reason}): copy it again as a whole`);
  }
}

function contentOf(version: number, text: string): readonly number[] {
  const bytes = fromBase64url(text);
  const content = bytes.slice(0, -4);
  if (bytes.length < 4 || checkBytes(version, content).some((byte, at) => byte !== bytes.at(at - 4)))
    throw new Damaged('its checksum does not fit');
  return content;
}

function checked({ session, look }: Unchecked): Result<PageView, string> {
  const view = viewFrom(session, look);
  return view.ok ? view : fail(`link: its run cannot be shown: ${view.error}`);
}
