/** Prints what is on the screen, by the button or Ctrl+P. */
import { type ReactNode, useState } from 'react';
import { useShortcut } from '../../app/use-shortcut.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';

export function PrintButton(): ReactNode {
  const [problem, setProblem] = useState('');

  const print = async (): Promise<void> => {
    setProblem('');
    const reply = await ask('window.print', undefined);
    if (!reply.ok) {
      const { action, reference } = reply.fault;
      setProblem(`Could not print. ${action} Support reference ${reference}`);
    } else if (reply.value === 'not-allowed') setProblem('This site does not allow printing.');
  };

  useShortcut('Ctrl+P', () => void print());

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
