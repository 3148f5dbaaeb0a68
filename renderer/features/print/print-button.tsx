/** Prints what is on the screen, by the button or Ctrl+P. */
import { type ReactNode, useRef, useState } from 'react';
import type { PrintOutcome } from '../../../shared/print-outcome.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { useShortcut } from '../../components/use-shortcut.ts';

export function PrintButton(): ReactNode {
  const [said, setSaid] = useState('');
  const printing = useRef(false);

  const print = async (): Promise<void> => {
    if (printing.current) return;
    printing.current = true;
    setSaid('');
    const reply = await ask('window.print', undefined);
    printing.current = false;
    setSaid(describe(reply.ok ? reply.value : { kind: 'failed', fault: reply.fault }));
  };

  useShortcut('Ctrl+P', () => void print());

  return (
    <>
      <span className="busy" role="status">
        {said}
      </span>
      <Button kind="secondary" onClick={() => void print()}>
        Print
      </Button>
    </>
  );
}

function describe(outcome: PrintOutcome): string {
  switch (outcome.kind) {
    case 'sent':
      return 'Sent to the printer.';
    case 'cancelled':
      return 'Not printed.';
    case 'not-allowed':
      return 'This site does not allow printing.';
    case 'failed': {
      const { happened, action, reference } = outcome.fault;
      return `Could not print. ${happened} ${action} Support reference ${reference}`;
    }
  }
}
