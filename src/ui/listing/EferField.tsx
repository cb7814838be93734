import { useId, useState } from 'react';

import { eferBitNames, eferBits, eferMask, type EferBit } from '#isa/efer.ts';
import type { View } from '#session/derive.ts';
import { labelOf, whyNot } from '#session/possible.ts';
import { append } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { archEferOf, eferDraft, reservedReason, whyNotBit } from './efer-draft.ts';

interface Props {
  readonly view: View;
  readonly dispatch: Dispatch;
}

const highestFirst = eferBitNames.toReversed();

/** EFER as a bit field. Clicking bits puts the operation together that would flip them. */
export function EferField({ view, dispatch }: Props) {
  const note = useId();
  const [flipped, setFlipped] = useState<readonly EferBit[]>([]);
  const now = archEferOf(view.snapshot);
  const before = archEferOf(view.before);
  const draft = eferDraft(view.derived.state, flipped);
  const flip = (bit: EferBit): void =>
    setFlipped(flipped.includes(bit) ? flipped.filter((one) => one !== bit) : [...flipped, bit]);
  return (
    <section aria-label="EFER">
      <h3 className="mb-0.5 flex items-baseline justify-between text-2xs text-ink-2">
        <span>
          EFER <code className="font-mono text-ink-3">vcpu-&gt;arch.efer</code>, click a bit to write it
        </span>
        <code className="font-mono text-ink">0x{now.toString(16)}</code>
      </h3>
      <div role="group" aria-label="Bits of EFER" className="grid grid-cols-5 gap-0.5">
        {highestFirst.map((bit) => (
          <Bit
            key={bit}
            bit={bit}
            value={(now & eferMask(bit)) !== 0}
            before={(before & eferMask(bit)) !== 0}
            flipped={flipped.includes(bit)}
            note={note}
            onFlip={() => flip(bit)}
          />
        ))}
        <button
          type="button"
          aria-disabled="true"
          aria-label="The other bits"
          title={`The other bits: ${reservedReason}`}
          className="cursor-default rounded-xs border border-dashed border-line px-0.5 text-[0.625rem] leading-4 text-ink-3"
        >
          others
          <span className="block">reserved</span>
        </button>
      </div>
      <div id={note} className="text-2xs">
        {draft && (
          <Draft
            label={labelOf(draft.op)}
            by={draft.by}
            reason={whyNot(view.derived.state.snapshot, draft.op)}
            onExecute={() => {
              dispatch((session) => append(session, session.cursor.node, { kind: 'do', op: draft.op }));
              setFlipped([]);
            }}
            onCancel={() => setFlipped([])}
          />
        )}
      </div>
    </section>
  );
}

interface BitProps {
  readonly bit: EferBit;
  readonly value: boolean;
  readonly before: boolean;
  readonly flipped: boolean;
  readonly note: string;
  readonly onFlip: () => void;
}

function Bit({ bit, value, before, flipped, note, onFlip }: BitProps) {
  const reason = whyNotBit(bit);
  const { bit: number, title } = eferBits[bit];
  const changed = value !== before;
  return (
    <button
      type="button"
      aria-pressed={value}
      aria-disabled={reason !== undefined || undefined}
      aria-describedby={flipped ? note : undefined}
      aria-label={`${bit}, bit ${number}`}
      title={[reason ?? title, changed && `was ${Number(before)}`].filter(Boolean).join('; ')}
      onClick={reason === undefined ? onFlip : undefined}
      className={classes(
        'relative rounded-xs border px-0.5 text-center font-mono text-[0.625rem] leading-4',
        reason === undefined ? 'cursor-pointer hover:border-accent' : 'cursor-default border-dashed',
        changed ? 'bg-part-ground' : value ? 'bg-raised' : 'bg-panel',
        flipped ? 'border-2 border-accent' : 'border-line',
      )}
    >
      <span className={bit === 'SVME' ? 'font-semibold text-ink' : 'text-ink-2'}>{bit}</span>
      <span className="flex items-baseline justify-center gap-1">
        <span className="text-ink-3">{number}</span>
        <span className={classes('text-2xs', value ? 'font-semibold text-ink' : 'text-ink-3')}>
          {Number(value)}
          {flipped && `→${Number(!value)}`}
        </span>
        {changed && <ChangedDot />}
      </span>
    </button>
  );
}

/** Marks what the last operation changed. */
export function ChangedDot() {
  return (
    <span className="text-kvm">
      <span aria-hidden="true">●</span>
      <span className="sr-only">changed</span>
    </span>
  );
}

interface DraftProps {
  readonly label: string;
  readonly by: string;
  readonly reason: string | undefined;
  readonly onExecute: () => void;
  readonly onCancel: () => void;
}

function Draft({ label, by, reason, onExecute, onCancel }: DraftProps) {
  return (
    <span className="mt-1 flex flex-wrap items-center gap-1.5">
      <span className="text-ink-2">
        <code className="font-mono text-ink">{label}</code> by {by}
        {reason !== undefined && <span className="text-danger">: {reason}</span>}
      </span>
      <span className="ml-auto flex gap-1">
        <Button tone="quiet" onClick={onCancel} className="h-6!">
          Cancel
        </Button>
        <Button tone="primary" off={reason !== undefined} onClick={onExecute} className="h-6!">
          Execute
        </Button>
      </span>
    </span>
  );
}
