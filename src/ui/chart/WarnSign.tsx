interface Props {
  readonly x?: number;
  readonly y?: number;
  readonly broken: boolean;
}

/** Draw the sign of a WARN: a triangle, filled once it fired. */
export function WarnSign({ x = 0, y = 0, broken }: Props) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M4.5 0.75L8.5 8.25H0.5Z"
        strokeWidth={1}
        strokeLinejoin="round"
        className={broken ? 'fill-danger stroke-danger' : 'fill-none stroke-ink-3'}
      />
      <path
        d="M4.5 3.25V5.5M4.5 6.6V7.2"
        strokeWidth={1}
        className={broken ? 'stroke-panel' : 'stroke-ink-3'}
      />
    </g>
  );
}
