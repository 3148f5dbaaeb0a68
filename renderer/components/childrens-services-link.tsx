import { type ReactNode, useState } from 'react';
import { ask } from '../bridge.ts';

const couldNotOpen =
  'Could not open your browser. Use the number in your safeguarding procedure, or ask your switchboard.';

/** Opens the national page in the system browser; its address lives in the main process. */
export function ChildrensServicesLink(): ReactNode {
  const [failed, setFailed] = useState(false);
  const open = async (): Promise<void> => {
    const reply = await ask('link.open', { id: 'find-childrens-services' });
    setFailed(!reply.ok);
  };
  return (
    <>
      <button type="button" className="link-button" onClick={() => void open()}>
        Find children's services (opens your browser)
      </button>{' '}
      <span role="status">{failed && couldNotOpen}</span>
    </>
  );
}
