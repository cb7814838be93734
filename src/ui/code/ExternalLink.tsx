import type { Link } from '#kvm/links.ts';

interface Props {
  readonly link: Link;
  /** What stands for the label, where the label alone says too little. */
  readonly name?: string;
}

/** Link to a public page in a tab of its own, which learns nothing about this one. */
export function ExternalLink({ link, name }: Props) {
  return (
    <a
      href={link.href}
      target="_blank"
      rel="noreferrer"
      className="text-accent underline decoration-line-strong underline-offset-2 hover:decoration-accent"
      {...(name === undefined ? {} : { 'aria-label': name })}
    >
      {link.label}
    </a>
  );
}
