import { useState } from 'react';

import { allKernelIds, kernel, patches } from '#kvm/kernels.ts';
import { addKernel, chooseKernels, hasRoom } from '#session/columns.ts';
import { kernelLimit, type Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { baseIds, baseTitle, draftBase, presets, withBase } from './kernel-draft.ts';
import { PatchList } from './PatchList.tsx';

interface Props {
  readonly session: Session;
  readonly dispatch: Dispatch;
  readonly onClose: () => void;
}

/** Put kernels together from a base and patches, or take a usual set. */
export function KernelDialog({ session, dispatch, onClose }: Props) {
  const [draft, setDraft] = useState(() => allKernelIds.find((id) => !session.kernels.includes(id)) ?? '7.0');
  const choose = (ids: readonly string[]): void => {
    dispatch((now) => chooseKernels(now, ids));
    onClose();
  };
  return (
    <Dialog title="Kernels" onClose={onClose}>
      <div className="flex flex-col gap-4 p-3">
        <section aria-label="Sets" className="flex flex-wrap gap-2">
          {presets.map(({ title, ids }) => (
            <Button key={title} onClick={() => choose(ids)} className="h-auto! py-1!">
              <span className="text-left">
                <span className="block">{title}</span>
                <span className="block font-mono text-2xs text-ink-3">{ids.join(' ')}</span>
              </span>
            </Button>
          ))}
        </section>
        <AddForm
          draft={draft}
          onDraft={setDraft}
          session={session}
          onAdd={() => {
            dispatch((now) => addKernel(now, draft));
            onClose();
          }}
        />
        <fieldset>
          <legend className="mb-1 text-xs font-semibold text-ink-2">Base</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {baseIds.map((id) => (
              <label key={id} className="flex cursor-pointer items-center gap-1.5 text-xs">
                <input
                  type="radio"
                  name="base"
                  checked={draftBase(draft) === id}
                  onChange={() => setDraft(withBase(draft, id))}
                  className="accent-accent"
                />
                <code className="font-mono">{id}</code> <span className="text-ink-2">{baseTitle(id)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <PatchList patches={patches} draft={draft} onDraft={setDraft} />
      </div>
    </Dialog>
  );
}

interface AddFormProps {
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  readonly session: Session;
  readonly onAdd: () => void;
}

/** Why the drafted kernel cannot be added; undefined where it can. */
function whyNotAdd(draft: string, session: Session): string | undefined {
  const built = kernel(draft.trim());
  if (!built.ok) return built.error;
  if (session.kernels.includes(draft.trim())) return `${draft.trim()} is shown already`;
  return hasRoom(session) ? undefined : `${kernelLimit} kernels are shown; remove one first`;
}

function AddForm({ draft, onDraft, session, onAdd }: AddFormProps) {
  const reason = whyNotAdd(draft, session);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === undefined) onAdd();
      }}
    >
      <label htmlFor="kernel-id" className="mb-1 block text-xs font-semibold text-ink-2">
        Kernel: a base and the patches on it
      </label>
      <div className="flex gap-2">
        <input
          id="kernel-id"
          type="text"
          spellCheck={false}
          autoComplete="off"
          value={draft}
          aria-invalid={reason !== undefined}
          aria-describedby="kernel-id-note"
          onChange={(event) => onDraft(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-sm border border-line-strong bg-panel px-2 font-mono text-sm"
        />
        <button
          type="submit"
          aria-disabled={reason !== undefined || undefined}
          className="h-8 cursor-pointer rounded-sm border border-accent bg-accent-ground px-3 text-xs text-accent aria-disabled:cursor-default aria-disabled:border-dashed aria-disabled:border-line-strong aria-disabled:bg-panel aria-disabled:text-ink-3"
        >
          Add
        </button>
      </div>
      <p id="kernel-id-note" className="mt-1 min-h-4.5 text-xs text-danger">
        {reason}
      </p>
    </form>
  );
}
