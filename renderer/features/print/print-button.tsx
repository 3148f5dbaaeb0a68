import { type ReactNode, useRef, useState } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import type { PrintOutcome, SavePdfOutcome } from '../../../shared/print-outcome.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { useShortcut } from '../../components/use-shortcut.ts';

/** Prints what is on the screen, by the button or Ctrl+P, or saves it as PDF. */
export function PrintButton(): ReactNode {
  const [said, setSaid] = useState('');
  const busy = useRef(false);

  const once = async (work: () => Promise<string>): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setSaid('');
    const outcome = await work();
    busy.current = false;
    setSaid(outcome);
  };

  const print = (): Promise<void> =>
    once(async () => {
      const reply = await ask('window.print', undefined);
      return describePrint(reply.ok ? reply.value : { kind: 'failed', fault: reply.fault });
    });
  const savePdf = (): Promise<void> =>
    once(async () => {
      const reply = await ask('window.savePdf', undefined);
      return describePdf(reply.ok ? reply.value : { kind: 'failed', fault: reply.fault });
    });

  useShortcut('Ctrl+P', () => void print());

  return (
    <>
      <span className="busy" role="status">
        {said}
      </span>
      <Button kind="secondary" onClick={() => void print()}>
        Print
      </Button>
      <Button kind="secondary" onClick={() => void savePdf()}>
        Save as PDF
      </Button>
    </>
  );
}

function describePrint(outcome: PrintOutcome): string {
  switch (outcome.kind) {
    case 'sent':
      return 'Sent to the printer.';
    case 'cancelled':
      return 'Not printed.';
    case 'not-allowed':
      return 'This site does not allow printing.';
    case 'failed':
      return `Could not print. ${faultText(outcome.fault)}`;
  }
}

function describePdf(outcome: SavePdfOutcome): string {
  switch (outcome.kind) {
    case 'saved':
      return 'Saved as PDF.';
    case 'cancelled':
      return 'Not saved.';
    case 'not-allowed':
      return 'This site does not allow printing.';
    case 'failed':
      return `Could not save the PDF. ${faultText(outcome.fault)}`;
  }
}

function faultText({ happened, action, reference }: Fault): string {
  return `${happened} ${action} Support reference ${reference}`;
}
