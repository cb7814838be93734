import type { ListingProblem } from '#program/notation-program.ts';
import type { Program } from '#program/types.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { isSame, type Checked } from './draft.ts';

interface Props {
  readonly program: Program;
  readonly checked: Checked;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}

/** Sum up whether the text is a program, and put it in place of the one that runs, or not. */
export function EditorFooter({ program, checked, onApply, onCancel }: Props) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-raised px-2 py-1.5">
      <p aria-live="polite" className="min-w-36 flex-1 text-2xs text-ink-2">
        {checked.ok ? readyWords(program, checked.value) : <Broken problems={checked.error} />}
      </p>
      <div className="ml-auto flex gap-1">
        <Button tone="quiet" shortcuts="Escape" onClick={onCancel}>
          Cancel <Kbd>Esc</Kbd>
        </Button>
        <Button tone="primary" off={!checked.ok} shortcuts="Control+Enter" onClick={onApply}>
          Apply <Kbd>Ctrl ⏎</Kbd>
        </Button>
      </div>
    </div>
  );
}

function readyWords(program: Program, edited: Program): string {
  return isSame(program, edited)
    ? 'No change yet.'
    : 'Ready. Applying starts the program from its beginning.';
}

function Broken({ problems }: { readonly problems: readonly ListingProblem[] }) {
  const whole = problems.find(({ list }) => list === undefined);
  return (
    <>
      <b className="font-semibold text-danger">
        {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
      </b>
      {whole && `: ${whole.message}`}. The program that runs stays as it is.
    </>
  );
}
