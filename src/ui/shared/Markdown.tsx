import { Fragment, type ReactNode } from 'react';

import { parseMarkdown, type Block, type Inline } from '#session/markdown.ts';

interface Props {
  readonly text: string;
}

/** Show notes as they are meant. What is no mark of the subset stays text. */
export function Markdown({ text }: Props) {
  return parseMarkdown(text).map((block, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- The blocks of one text have no other name.
    <Fragment key={index}>{blockOf(block)}</Fragment>
  ));
}

function blockOf(block: Block): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p className="not-last:mb-[0.5em]">{inlinesOf(block.inside)}</p>;
    case 'list':
      return listOf(block);
    case 'fence':
      return <pre className="overflow-x-auto font-mono text-[0.94em] not-last:mb-[0.5em]">{block.text}</pre>;
  }
}

function listOf({ from, items }: Extract<Block, { kind: 'list' }>): ReactNode {
  const lines = items.map((item, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <li key={index}>{inlinesOf(item)}</li>
  ));
  const style = 'pl-[1.5em] not-last:mb-[0.5em]';
  return from === undefined ? (
    <ul className={`list-disc ${style}`}>{lines}</ul>
  ) : (
    <ol start={from} className={`list-decimal ${style}`}>
      {lines}
    </ol>
  );
}

const inlinesOf = (inside: readonly Inline[]): ReactNode =>
  // oxlint-disable-next-line react/no-array-index-key
  inside.map((one, index) => <Fragment key={index}>{inlineOf(one)}</Fragment>);

function inlineOf(one: Inline): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text;
    case 'code':
      return <code className="font-mono text-[0.94em]">{one.text}</code>;
    case 'strong':
      return <strong>{inlinesOf(one.inside)}</strong>;
    case 'emphasis':
      return <em>{inlinesOf(one.inside)}</em>;
    case 'link':
      return (
        <a href={one.href} target="_blank" rel="noreferrer" className="underline">
          {inlinesOf(one.inside)}
        </a>
      );
  }
}
