interface Props {
  readonly text: string;
  /** What is marked, as places in the text. */
  readonly start: number;
  readonly end: number;
}

/** A text with a part of it marked as wrong. */
export function Underlined({ text, start, end }: Props) {
  return (
    <>
      {text.slice(0, start)}
      <span className="underline decoration-danger decoration-wavy decoration-1 underline-offset-2">
        {text.slice(start, end)}
      </span>
      {text.slice(end)}
    </>
  );
}
