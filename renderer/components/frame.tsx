import type { ReactNode } from 'react';

interface Props {
  readonly bar: ReactNode;
  readonly children: ReactNode;
}

/**
 * The frame of every screen but Sign in: the bar stays in view (Hide, Lock, the user and the environment: H9, H14, H16), and
 * what is below it scrolls.
 */
export function Frame({ bar, children }: Props): ReactNode {
  return (
    <div className="frame">
      {bar}
      <div className="frame__content">{children}</div>
    </div>
  );
}
