import { Fragment } from 'react';

import { parseMarkdown, type Block, type Inline } from '#session/markdown.ts';

interface Props {
  readonly children: string;
}

/** Render notes. Their text stays text: nothing of it becomes HTML. */
export function Markdown({ children }: Props) {
  return <div className="flex flex-col gap-1">{parseMarkdown(children).map(blockOf)}</div>;
}

// A tree that is read anew whenever its text changes: places are as good as keys.
/* oxlint-disable react/no-array-index-key */

function blockOf(block: Block, key: number) {
  switch (block.kind) {
    case 'paragraph':
      return <p key={key}>{block.inside.map(inlineOf)}</p>;
    case 'fence':
      return (
        <pre key={key} className="overflow-x-auto rounded-sm bg-raised px-2 py-1 font-mono text-[0.94em]">
          {block.text}
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{item.map(inlineOf)}</li>);
      return block.from === undefined ? (
        <ul key={key} className="list-disc pl-4">
          {items}
        </ul>
      ) : (
        <ol key={key} start={block.from} className="list-decimal pl-5">
          {items}
        </ol>
      );
    }
  }
}

function inlineOf(inline: Inline, key: number) {
  switch (inline.kind) {
    case 'text':
      return <Fragment key={key}>{inline.text}</Fragment>;
    case 'code':
      return (
        <code key={key} className="font-mono text-[0.94em]">
          {inline.text}
        </code>
      );
    case 'strong':
      return (
        <strong key={key} className="font-semibold text-ink">
          {inline.inside.map(inlineOf)}
        </strong>
      );
    case 'emphasis':
      return <em key={key}>{inline.inside.map(inlineOf)}</em>;
    case 'link':
      return (
        <a
          key={key}
          href={inline.href}
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-2"
        >
          {inline.inside.map(inlineOf)}
        </a>
      );
  }
}
