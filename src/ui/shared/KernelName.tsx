interface Props {
  readonly id: string;
}

/** A kernel's id in a narrow column: a line for its base and one for each patch. */
export function KernelName({ id }: Props) {
  return id.split('+').map((part, index) => (
    <span key={part} className="block">
      {index === 0 ? part : `+${part}`}
    </span>
  ));
}
