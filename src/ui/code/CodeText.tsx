import { Fragment } from 'react';

interface Props {
  readonly text: string;
  /** A single name, with no space to break at. */
  readonly name?: boolean;
}

const inName = /(?<=_)(?=[a-z])/;
const inCode = /(?<=\w\()(?!\))|(?<=\.)(?=[a-z])|(?=->)/;

/** Show code so that a narrow column breaks it as one would by hand: after a bracket, never inside an arrow. */
export function CodeText({ text, name = false }: Props) {
  return text.split(name ? inName : inCode).map((part, index) => (
    // The parts of one text never change places.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={index}>
      {index > 0 && !part.startsWith('->') && <wbr />}
      {part.startsWith('->') ? <Arrow text={part} /> : part}
    </Fragment>
  ));
}

function Arrow({ text }: { readonly text: string }) {
  const end = /\W/.exec(text.slice(2))?.index;
  const member = end === undefined ? text : text.slice(0, end + 2);
  return (
    <>
      <span className="whitespace-nowrap">{member}</span>
      {text.slice(member.length)}
    </>
  );
}
