import { Button } from '../shared/Button.tsx';

interface Props {
  readonly children: string;
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly onClick: () => void };
  readonly onDismiss: () => void;
}

/** Tell the visitor one thing, until it is dismissed. */
export function Notice({ children, action, onDismiss }: Props) {
  return (
    <div
      role="alert"
      className="flex items-center justify-between gap-2 border-b border-line bg-part-ground px-3 py-0.5 text-xs"
    >
      <p className="min-w-0 break-words">{children}</p>
      <span className="flex shrink-0 gap-1">
        {action && <Button onClick={action.onClick}>{action.label}</Button>}
        <Button tone="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      </span>
    </div>
  );
}
