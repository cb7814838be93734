import { CodeText } from './CodeText.tsx';

interface Props {
  /** Code stands between backquotes; `name()` is code without them. */
  readonly text: string;
}

const code = /(`[^`]+`|\b\w+\(\))/;

/** Show a sentence with its code in monospace. */
export function Words({ text }: Props) {
  return text.split(code).map((part, index) => {
    if (index % 2 === 0) return part;
    const name = part.endsWith('()');
    return (
      <code
        // The parts of one sentence never change places.
        // oxlint-disable-next-line react/no-array-index-key
        key={index}
        className={`font-mono text-[0.95em] [overflow-wrap:anywhere] ${name ? 'font-bold' : 'font-semibold'}`}
      >
        <CodeText text={part.replaceAll('`', '')} />
      </code>
    );
  });
}
