import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';

/** Copies the result as text for the patient's record. The main process composes it: the page names only the check. */
export function CopyRecordButton({ checkId }: { readonly checkId: string }): ReactNode {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmationLastsMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    setCopied((await ask('clipboard.copyRecord', { checkId })).ok);
  };

  return (
    <>
      {/* `Copied` announces it, and says why nothing was copied. */}
      {copied && (
        <span className="busy" aria-hidden="true">
          Copied. Paste it within 2 minutes.
        </span>
      )}
      <Button kind="secondary" onClick={() => void copy()}>
        Copy for the record
      </Button>
    </>
  );
}

const confirmationLastsMs = 10_000;
