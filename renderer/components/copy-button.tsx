import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../bridge.ts';

const confirmationLasts = 4_000;

type Copied = 'no' | 'yes' | 'failed';

interface Props {
  readonly text: string;
  /** Ends the button's accessible name: "Copy office hours number". */
  readonly what: string;
}

/** Copies through the main process: the renderer has no clipboard of its own. `Copied` announces the outcome. */
export function CopyButton({ text, what }: Props): ReactNode {
  const [copied, setCopied] = useState<Copied>('no');

  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), confirmationLasts);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    const reply = await ask('clipboard.copy', { text });
    setCopied(reply.ok ? 'yes' : 'failed');
  };

  return (
    <span className="copy">
      <button type="button" className="small-button" onClick={() => void copy()}>
        Copy<span className="nhsuk-u-visually-hidden"> {what}</span>
      </button>
      <span className="copy__state" aria-hidden="true">
        {copied === 'yes' && 'Copied'}
        {copied === 'failed' && 'Not copied'}
      </span>
    </span>
  );
}
