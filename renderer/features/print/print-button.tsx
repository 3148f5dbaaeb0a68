/** Prints what is on the screen, by the button or Ctrl+P. */
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';

export function PrintButton(): ReactNode {
  const [problem, setProblem] = useState('');

  const print = useCallback(async (): Promise<void> => {
    setProblem('');
    const reply = await ask('window.print', undefined);
    if (!reply.ok) setProblem(`Could not print. ${reply.fault.action}`);
    else if (reply.value === 'not-allowed') setProblem('This site does not allow printing.');
  }, []);

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
    <>
      <span className="busy" role="status">
        {problem}
      </span>
      <Button kind="secondary" onClick={() => void print()}>
        Print
      </Button>
    </>
  );
}
