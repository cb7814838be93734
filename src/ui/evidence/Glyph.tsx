export type GlyphName = 'agrees' | 'differs' | 'none';

interface Props {
  readonly name: GlyphName;
}

const shapes: Readonly<Record<GlyphName, { readonly path: string; readonly tone: string }>> = {
  agrees: { path: 'M1.5 5.5 4 8l4.5-6', tone: 'text-good' },
  differs: { path: 'M1.5 3.5h7M1.5 6.5h7M7 1 3 9', tone: 'text-danger' },
  none: { path: 'M5 2a3 3 0 1 1-.01 0Z', tone: 'text-ink-3' },
};

/** Draw a tick, a sign of inequality or an empty ring. For the eye only: the words stand beside it. */
export function Glyph({ name }: Props) {
  const { path, tone } = shapes[name];
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 10 10"
      className={`size-2.5 shrink-0 fill-none stroke-current stroke-[1.5] ${tone}`}
    >
      <path d={path} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
