import type { ReactNode } from 'react';
import { StartPage } from './start-page.tsx';

/** The shell of index.html, unchanged, until the main process has told the state of the session. */
export function Starting(): ReactNode {
  return (
    <StartPage>
      <p className="start-page__starting">Starting…</p>
    </StartPage>
  );
}
