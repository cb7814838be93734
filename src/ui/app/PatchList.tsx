import type { Patch } from '#kvm/patch.ts';
import { draftPatches, whyNotPatch, withPatch } from './kernel-draft.ts';

interface Props {
  readonly patches: readonly Patch[];
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
}

/** List the patches, each with where it can be read, and put them on the drafted kernel or off it. */
export function PatchList({ patches, draft, onDraft }: Props) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-semibold text-ink-2">Patches</legend>
      <ul className="divide-y divide-line border-y border-line">
        {patches.map((patch) => (
          <PatchRow
            key={patch.id}
            patch={patch}
            checked={draftPatches(draft).includes(patch.id)}
            reason={whyNotPatch(draft, patch)}
            onToggle={() => onDraft(withPatch(draft, patch))}
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface RowProps {
  readonly patch: Patch;
  readonly checked: boolean;
  readonly reason: string | undefined;
  readonly onToggle: () => void;
}

const mailOf = ({ messageId, mail }: Patch): string | undefined =>
  messageId === undefined ? mail : `https://lore.kernel.org/r/${messageId}`;

const commitAddress = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=';

function PatchRow({ patch, checked, reason, onToggle }: RowProps) {
  const off = reason !== undefined && !checked;
  const mail = mailOf(patch);
  return (
    <li className="py-1.5 text-xs">
      <label className="grid grid-cols-[1.25rem_4rem_1fr] items-baseline">
        <input
          type="checkbox"
          checked={checked}
          aria-disabled={off || undefined}
          aria-describedby={`patch-${patch.id}`}
          onChange={() => off || onToggle()}
          className="size-3 translate-y-0.5 accent-accent"
        />
        <code className="font-mono font-semibold">{patch.id}</code>
        <span className="min-w-0">{patch.subject}</span>
      </label>
      <div id={`patch-${patch.id}`} className="pl-21 text-ink-2">
        {patch.author}, {patch.date}; {patch.status}. {patch.summary}
        {off && <span className="block text-ink">Not here: {reason}.</span>}
      </div>
      <div className="flex gap-3 pl-21">
        {mail !== undefined && <Outside address={mail} name={`Mail of ${patch.id}`} />}
        {patch.commit !== undefined && (
          <Outside address={commitAddress + patch.commit} name={`Commit ${patch.commit}`} />
        )}
      </div>
    </li>
  );
}

function Outside({ address, name }: { readonly address: string; readonly name: string }) {
  return (
    <a href={address} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
      {name}
    </a>
  );
}
