import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { openLine, type Line, type Place } from '#browser/windows.ts';
import { adopted } from '#session/adopt.ts';
import type { PageView } from '#session/page-look.ts';
import { restoreView } from '#session/restore.ts';
import { viewText } from '#session/stored.ts';
import type { Partner } from './partner.ts';
import { isLater, readMessage, type TwinMessage } from './twin-message.ts';

interface Props {
  readonly place: Place;
  readonly view: PageView;
  /** Show what the other window shows. */
  readonly onView: (view: PageView) => void;
  readonly onPartner: (partner: Partner) => void;
}

const heartbeat = 1000;
/** Heartbeats without an answer after which the other window counts as gone: a hidden one answers late. */
const patience = 4;

/**
 * Keep the windows of a talk at one run: whatever changes in one is shown by the other. A count orders the changes. The
 * audience's window was there first and has counted one.
 */
export function Twin({ place: { role, room }, view, onView, onPartner }: Props): null {
  const [name] = useState<string>(() => crypto.randomUUID());
  const line = useRef<Line>(undefined);
  const last = useRef({ clock: role === 'audience' ? 1 : 0, name, view });
  const unanswered = useRef(0);

  const tell = (): void => {
    const { clock, name: author } = last.current;
    line.current?.send({ kind: 'view', clock, name: author, text: viewText(view) } satisfies TwinMessage);
  };
  const follow = (message: Extract<TwinMessage, { kind: 'view' }>): void => {
    if (!isLater(message, last.current)) return;
    const come = restoreView(message.text);
    if (!come.ok) return;
    const taken = { session: adopted(view.session, come.value.session), look: come.value.look };
    last.current = { clock: message.clock, name: message.name, view: taken };
    onView(taken);
  };
  const hear = useEffectEvent((value: unknown) => {
    const message = readMessage(value);
    if (!message) return;
    unanswered.current = 0;
    onPartner('here');
    if (message.kind === 'view') follow(message);
    if (message.kind !== 'ask') return;
    line.current?.send({ kind: 'here' } satisfies TwinMessage);
    if (message.clock < last.current.clock) tell();
  });
  const ask = useEffectEvent(() => {
    unanswered.current += 1;
    if (unanswered.current > patience) onPartner('gone');
    line.current?.send({ kind: 'ask', clock: last.current.clock } satisfies TwinMessage);
  });

  useEffect(() => {
    const opened = openLine(room, (message) => hear(message));
    line.current = opened;
    ask();
    const timer = setInterval(() => ask(), heartbeat);
    return () => {
      clearInterval(timer);
      opened.close();
      line.current = undefined;
    };
  }, [room]);
  const share = useEffectEvent(() => {
    const { clock, view: known } = last.current;
    if (known.session === view.session && known.look === view.look) return;
    last.current = { clock: clock + 1, name, view };
    tell();
  });
  useEffect(() => share());
  return null;
}
