/** Until the main process has said which screen it is: the shell of index.html, unchanged. */
import type { ReactNode } from 'react';
import { StartPage } from './start-page.tsx';

export function Starting(): ReactNode {
  return (
    <StartPage>
      <p className="start-page__starting">Starting…</p>
    </StartPage>
  );
}
