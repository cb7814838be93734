/** The page inside another one. */

/** What the address says of an embedded page. */
export interface EmbedQuery {
  /** The panels, as they are written. */
  readonly embed: string;
  readonly theme: string | undefined;
}

/** What the address asks for; undefined where the page stands on its own. */
export function embedQuery(): EmbedQuery | undefined {
  const query = new URLSearchParams(location.search);
  const embed = query.get('embed');
  return embed === null ? undefined : { embed, theme: query.get('theme') ?? undefined };
}

/** Where the whole page is. */
export function wholePage(): string {
  return location.origin + location.pathname;
}

const isFramed = (): boolean => parent !== window;

/** Tell the host something that is no secret: whoever embeds the page sees it anyway. */
export function tellHost(message: object): void {
  if (isFramed()) parent.postMessage(message, '*');
}

/** Hear what the host says; frames beside or inside the page are not heard. */
export function hearHost(onMessage: (message: unknown) => void): () => void {
  const hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (isFramed() && source === parent) onMessage(data);
  };
  addEventListener('message', hear);
  return () => removeEventListener('message', hear);
}
