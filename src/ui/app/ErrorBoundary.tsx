import { Component, type ReactNode } from 'react';

import { Button } from '../shared/Button.tsx';

interface Props {
  /** What failed, as the visitor knows it. */
  readonly title: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: string | undefined;
}

/** Keep a failure inside its panel: say what failed, and offer to start the panel anew. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <section
        aria-label={this.props.title}
        className="flex h-full flex-col items-start gap-2 overflow-auto bg-panel p-3"
      >
        <p className="text-sm text-danger">
          The panel “{this.props.title}” failed. The run itself is untouched.
        </p>
        <p className="font-mono text-2xs break-all text-ink-2">{error}</p>
        <Button onClick={() => this.setState({ error: undefined })}>Reset this panel</Button>
      </section>
    );
  }
}
