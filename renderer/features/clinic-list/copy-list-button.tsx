import type { ReactNode } from 'react';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';

/** Copies the list as text. The main process composes it. `Copied` says what became of it. */
export function CopyListButton(): ReactNode {
  return (
    <Button kind="secondary" onClick={() => void ask('clipboard.copyList', undefined)}>
      Copy the list
    </Button>
  );
}
