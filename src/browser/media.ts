/** A media query, as a store that React can subscribe to. */
export interface MediaStore {
  readonly matches: () => boolean;
  readonly subscribe: (onChange: () => void) => () => void;
}

export function mediaStore(query: string): MediaStore {
  let asked: MediaQueryList | undefined;
  // Asked when it is needed: what only imports this may run where there is no page.
  const list = (): MediaQueryList => (asked ??= matchMedia(query));
  return {
    matches: () => list().matches,
    subscribe: (onChange) => {
      list().addEventListener('change', onChange);
      return () => list().removeEventListener('change', onChange);
    },
  };
}
