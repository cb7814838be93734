import { readFact } from '#machine/facts.ts';
import type { NearMoment } from '#program/evidence.ts';
import { hostOptionNames } from '#program/types.ts';
import type { Setup } from './session.ts';

/** The switches that would bring a step to what was recorded, where switches alone do. */
export function hostOfMoment({
  moment,
  differing,
}: NearMoment): { readonly setup: Setup; readonly words: string } | undefined {
  const host = hostOptionNames.filter((name) => differing.includes(name));
  const paging = differing.includes('np12') || differing.includes('np');
  const others = differing.filter((fact) => fact !== 'np12' && fact !== 'np').length - host.length;
  if (others > 0) return undefined;
  const on = host.map((name) => [name, readFact(moment.before, name) === 1] as const);
  const nestedPaging = readFact(moment.before, 'np12') === 1;
  const words = [...on, ...(paging ? ([['nested paging', nestedPaging]] as const) : [])];
  return {
    setup: { host: Object.fromEntries(on), ...(paging ? { vmcb12: { nestedPaging } } : {}) },
    words: words.map(([name, value]) => `${name} ${value ? 'on' : 'off'}`).join(', '),
  };
}
