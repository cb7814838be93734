import { useSingleKeys } from '../settings/store.ts';
import { classes } from '../shared/classes.ts';
import { KeyButton } from './KeyButton.tsx';
import type { KeyActions } from './keys.ts';

interface Props {
  readonly actions: KeyActions;
}

/** What can be done with the run as a whole, and with the page. */
export function HeaderButtons({ actions }: Props) {
  const singleKeys = useSingleKeys();
  return (
    <div className="ml-2 flex items-center gap-1 max-md:gap-0">
      {worded.map(({ name, text, path, opens }) => (
        <KeyButton key={name} {...{ name, actions, ...opens }} label={text} compact>
          <Icon path={path} />
          <span className="hidden @min-[84rem]:inline">{text}</span>
        </KeyButton>
      ))}
      <div className="flex items-center">
        {wordless.map(({ name, label, path, opens }) => (
          <KeyButton key={name} {...{ name, actions, label, ...opens }} tone="quiet">
            <Icon path={path} />
          </KeyButton>
        ))}
        <KeyButton name="sheet" actions={actions} label="All keys" opens="dialog" tone="quiet">
          <span aria-hidden="true" className={classes(singleKeys && 'md:hidden')}>
            ?
          </span>
        </KeyButton>
      </div>
    </div>
  );
}

const dialog = { opens: 'dialog' } as const;

const worded = [
  // A screen on its stand.
  {
    name: 'present',
    text: 'Present',
    path: 'M.5 1h11M1.5 1v6.5h9V1M6 7.5v2M3.5 11.5 6 9.5l2.5 2',
    opens: {},
  },
  // Two ways that part.
  { name: 'compare', text: 'Compare', path: 'M0 6h4M4 6 8 2.5h4M4 6l4 3.5h4', opens: dialog },
  // Out of a box.
  { name: 'share', text: 'Share', path: 'M3.5 5H1.5v6h9V5h-2M6 7.5V1M3.5 3.5 6 1l2.5 2.5', opens: dialog },
] as const;

const wordless = [
  // A list that was ticked off.
  {
    name: 'evidence',
    label: 'Evidence',
    path: 'M.5 3 2 4.5 4 1.5M.5 8.5 2 10l2-3M6 3h5.5M6 8.5h5.5',
    opens: dialog,
  },
  // Into a tray.
  {
    name: 'open',
    label: 'Open a file',
    path: 'M1.5 7.5v3h9v-3M6 1v6.5M3.5 5 6 7.5 8.5 5',
    opens: dialog,
  },
  // Two links of a chain.
  {
    name: 'link',
    label: 'Copy a link',
    path: 'M5 3.5 6.5 2a2.5 2.5 0 0 1 3.5 3.5L8.5 7M7 8.5 5.5 10A2.5 2.5 0 0 1 2 6.5L3.5 5M4.5 7.5l3-3',
    opens: {},
  },
  // Two things that can be moved.
  {
    name: 'settings',
    label: 'Settings',
    path: 'M0 3.5h2M6 3.5h6M0 8.5h6M10 8.5h2M2 3.5a2 2 0 0 1 4 0a2 2 0 0 1-4 0M6 8.5a2 2 0 0 1 4 0a2 2 0 0 1-4 0',
    opens: dialog,
  },
] as const;

function Icon({ path }: { readonly path: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d={path} />
    </svg>
  );
}
