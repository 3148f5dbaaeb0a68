/** Until the main process has said which screen it is: the shell of index.html, unchanged. */
import type { ReactNode } from 'react';
import { Entrance } from './entrance.tsx';

export function Starting(): ReactNode {
  return (
    <Entrance>
      <p className="entrance__starting">Starting…</p>
    </Entrance>
  );
}
