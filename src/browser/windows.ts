/**
 * Two windows of one talk: the audience's and the presenter's. Each knows its part by its name, which a window keeps over
 * a reload and tells nobody. Messages go over a BroadcastChannel, and straight between opener and opened, which works
 * from disk too, where there is no channel.
 */

/** A window's place in a talk. */
export interface Place {
  readonly role: 'audience' | 'presenter';
  /** What the windows of one talk have in common, and no others. */
  readonly room: string;
}

const nameForm = /^svmscope-(audience|presenter)-([a-z0-9]{8,32})$/;
const nameOf = ({ role, room }: Place): string => `svmscope-${role}-${room}`;

/** Where messages go, and how to stop. */
export interface Line {
  readonly send: (message: unknown) => void;
  readonly close: () => void;
}

/** Windows that this one opened, or that spoke to it: known until it reloads. */
const partners = new Set<Window>();

/** The place of this window; undefined if it is no part of a talk. */
export function placeOfWindow(): Place | undefined {
  const [, role, room] = nameForm.exec(window.name) ?? [];
  if (room === undefined) return undefined;
  return { role: role === 'presenter' ? 'presenter' : 'audience', room };
}

/** Open the presenter's window, which makes this one the audience's. Undefined where the browser does not allow it. */
export function openPresenter(): Place | undefined {
  const room = placeOfWindow()?.room ?? crypto.randomUUID().replaceAll('-', '');
  if (!openWindow({ role: 'presenter', room })) return undefined;
  const place: Place = { role: 'audience', room };
  window.name = nameOf(place);
  return place;
}

/** Open another window for the audience, from the presenter's. Whether the browser allows it. */
export function openAudience(room: string): boolean {
  return openWindow({ role: 'audience', room });
}

/** A window that is open already comes to the front as it is, where this one knows it. */
function openWindow(place: Place): boolean {
  const known = [...partners].find((partner) => !partner.closed);
  if (known) {
    known.focus();
    return true;
  }
  const address = new URL(location.href);
  address.hash = '';
  const opened = window.open(address.href, nameOf(place), 'popup,width=1280,height=860');
  if (opened) partners.add(opened);
  return opened !== null;
}

const opener = (): Window | undefined => (window.opener as Window | null) ?? undefined;

/** Speak with the other windows of a room. */
export function openLine(room: string, onMessage: (message: unknown) => void): Line {
  const above = opener();
  if (above) partners.add(above);
  const take = (data: unknown): void => {
    if (isEnvelope(data) && data.room === room) onMessage(data.message);
  };
  const onWindowMessage = ({ data, source }: MessageEvent): void => {
    if (!isEnvelope(data) || data.room !== room || !isWindow(source)) return;
    // Only who knows the room's name can say it; from disk windows have no origin to go by.
    partners.add(source);
    take(data);
  };
  addEventListener('message', onWindowMessage);
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('svmscope') : undefined;
  channel?.addEventListener('message', ({ data }) => take(data));
  return {
    send: (message) => {
      const envelope = { svmscope: 'window', room, message };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel has none.
      channel?.postMessage(envelope);
      for (const partner of partners) if (!partner.closed) partner.postMessage(envelope, targetOrigin());
    },
    close: () => {
      removeEventListener('message', onWindowMessage);
      channel?.close();
    },
  };
}

const isWindow = (source: MessageEventSource | null): source is Window =>
  source !== null && !(source instanceof MessagePort) && !(source instanceof ServiceWorker);

/** From disk a window's origin is opaque, and only `*` reaches it. */
const targetOrigin = (): string => (location.protocol === 'file:' ? '*' : location.origin);

interface Envelope {
  readonly svmscope: 'window';
  readonly room: string;
  readonly message: unknown;
}

function isEnvelope(data: unknown): data is Envelope {
  return (
    typeof data === 'object' &&
    data !== null &&
    'svmscope' in data &&
    data.svmscope === 'window' &&
    'room' in data
  );
}
