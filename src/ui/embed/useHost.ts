import { useEffect, useEffectEvent, useMemo } from 'react';

import type { Result } from '#base/result.ts';
import { hearHost, tellHost } from '#browser/frames.ts';
import type { View } from '#session/derive.ts';
import { startSession, type Session } from '#session/session.ts';
import { stepBack, stepForward } from '#session/steps.ts';
import { embedState, goTo, isForSvmscope, parseRequest, type EmbedError } from '#share/embed.ts';
import type { Dispatch } from '../panels.ts';

/** The run that a link carries. */
export type OpenLink = (link: string) => Result<Session, string>;

interface Options {
  readonly session: Session;
  readonly views: readonly View[];
  readonly focus: number;
  readonly dispatch: Dispatch;
  readonly onOpen: (session: Session) => void;
  readonly openLink: OpenLink;
}

function refuse(error: string): void {
  tellHost({ type: 'svmscope/error', error } satisfies EmbedError);
}

/** Do what the host asks for, and tell it what there is to see whenever that changes. */
export function useHost({ session, views, focus, dispatch, onOpen, openLink }: Options): void {
  const state = useMemo(() => embedState(session, views, focus), [session, views, focus]);
  const open = (link: string): void => {
    const opened = openLink(link);
    if (opened.ok) onOpen(opened.value);
    else refuse(`svmscope/open: ${opened.error}`);
  };
  const hear = useEffectEvent((message: unknown): void => {
    if (!isForSvmscope(message)) return;
    const parsed = parseRequest(message);
    if (!parsed.ok) return refuse(parsed.error);
    const request = parsed.value;
    switch (request.kind) {
      case 'step':
        return dispatch(stepForward);
      case 'back':
        return dispatch(stepBack);
      case 'go':
        return dispatch((now) => goTo(now, request.at));
      case 'program':
        return onOpen(startSession(request.program, session.kernels));
      case 'link':
        return open(request.link);
      case 'ask':
        return tellHost(state);
    }
  });
  useEffect(() => hearHost((message) => hear(message)), []);
  useEffect(() => tellHost(state), [state]);
}
