import { hostOptionNames, type HostOptionName } from '#program/types.ts';
import type { Session } from '#session/session.ts';
import { programNow, setHost } from '#session/what-if.ts';
import type { Dispatch } from '../panels.ts';
import { Switch } from '../shared/Switch.tsx';

interface Props {
  readonly session: Session;
  readonly dispatch: Dispatch;
}

const meanings: Readonly<Record<HostOptionName, string>> = {
  npt: 'nested paging; without it KVM shadows page tables',
  vgif: 'the processor keeps a virtual GIF, STGI and CLGI do not exit',
  vls: 'VMLOAD and VMSAVE of L1 do not exit',
  nrips: 'an intercept saves the next instruction\u2019s address, and the skip uses it',
  vmwareBackdoor: 'KVM intercepts #GP for VMware\u2019s ports, whatever SVME is',
  gpErratum: 'the #GP intercept follows SVME, for processors with the SVM address erratum',
  allocNestedFails: 'no memory when KVM wants to allocate nested state',
  irqchip: 'the local APIC is in the kernel; HLT then halts inside KVM_RUN',
  eferWriteFilter: 'userspace filters EFER writes and may carry them out itself',
};

/** The options of the host, each with what it means. Turning one runs everything so far again, as a branch. */
export function HostOptions({ session, dispatch }: Props) {
  const { host } = programNow(session);
  const on = hostOptionNames.filter((name) => host[name]);
  return (
    <details className="group rounded-sm border border-line">
      <summary className="flex cursor-pointer items-baseline gap-1.5 px-2 py-1 text-2xs text-ink-2">
        <span aria-hidden="true" className="text-ink-3 group-open:rotate-90">
          ▸
        </span>
        <span>Host</span>
        <code className="ml-auto min-w-0 truncate font-mono text-ink-3">{on.join(' ')}</code>
      </summary>
      <ul className="border-t border-line p-1">
        {hostOptionNames.map((name) => (
          <li key={name} className="grid grid-cols-[9.25rem_1fr] items-baseline gap-x-1">
            <Switch
              label={name}
              checked={host[name]}
              describedBy={`host-${name}`}
              onChange={(next) => dispatch((now) => setHost(now, name, next))}
            />
            <span id={`host-${name}`} className="text-2xs text-ink-2">
              {meanings[name]}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
