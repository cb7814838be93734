interface Props {
  readonly children: string;
}

/** Render a sentence in which code stands between backquotes. */
export function Prose({ children }: Props) {
  let at = 0;
  return children.split('`').map((part, index) => {
    const start = at;
    at += part.length + 1;
    if (index % 2 === 0) return part;
    return (
      <code key={start} className="font-mono text-[0.94em]">
        {part}
      </code>
    );
  });
}
