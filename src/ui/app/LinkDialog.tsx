import { addressWithoutFragment } from '#browser/address.ts';
import { handedOn, type PageView } from '#session/page-look.ts';
import { linkOf } from '#share/link.ts';
import { Dialog } from '../shared/Dialog.tsx';

interface Props extends PageView {
  readonly onClose: () => void;
}

/** The link to what is shown, to be copied by hand where the browser does not let the page do it. */
export function LinkDialog({ session, look, onClose }: Props) {
  const link = linkOf(handedOn({ session, look }), addressWithoutFragment());
  return (
    <Dialog title="Link to this run" onClose={onClose}>
      <div className="flex flex-col gap-2 p-3">
        <p className="text-xs text-ink-2">
          The browser did not let the page copy. Copy it from here, or from the address bar: the whole run is
          in the {link.length} characters, and nothing is uploaded.
        </p>
        <textarea
          aria-label="The link"
          readOnly
          data-autofocus
          rows={5}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="resize-y rounded-sm border border-line-strong bg-panel p-2 font-mono text-xs break-all"
        />
      </div>
    </Dialog>
  );
}
