/** Prints what is on the screen, by the button or Ctrl+P. */
import { type ReactNode, useCallback, useEffect } from 'react';
import { useAnnounce } from '../../app/announcer.tsx';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';

export function PrintButton(): ReactNode {
  const announce = useAnnounce();

  const print = useCallback(async (): Promise<void> => {
    const reply = await ask('window.print', undefined);
    if (!reply.ok) announce(`Could not print. ${reply.fault.action}`);
    else if (reply.value === 'not-allowed') announce('This site does not allow printing');
    else if (reply.value === 'printed') announce('Printed');
  }, [announce]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'p') return;
      event.preventDefault();
      void print();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [print]);

  return (
    <Button kind="secondary" onClick={() => void print()}>
      Print
    </Button>
  );
}
