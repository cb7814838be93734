import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** One line of words below the title, in small. */
  readonly about: string;
  /** In sentences, for who does not see it. */
  readonly description: string;
  /** Of what is inside. */
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

const pad = 12;
const headHeight = 44;

/** Frame a drawing as a picture that is shown by itself: on the panel's ground, with what it shows written above it. */
export function PictureFrame({ title, about, description, width, height, children }: Props) {
  const [outerWidth, outerHeight] = [width + 2 * pad, height + headHeight + 2 * pad];
  return (
    <svg width={outerWidth} height={outerHeight} viewBox={`0 0 ${outerWidth} ${outerHeight}`}>
      <title>{`${title}: ${about}`}</title>
      <desc>{description}</desc>
      <rect width={outerWidth} height={outerHeight} className="fill-panel" />
      <text x={pad} y={pad + 12} fontSize={13} className="fill-ink font-sans font-semibold">
        {title}
      </text>
      <text x={pad} y={pad + 29} fontSize={11} className="fill-ink-2 font-sans">
        {about}
      </text>
      <g transform={`translate(${pad} ${headHeight + pad})`}>{children}</g>
    </svg>
  );
}
