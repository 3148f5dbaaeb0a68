/** Says when the system reports no network. A hint that never blocks sign-in. */
import { type ReactNode, useSyncExternalStore } from 'react';

function subscribe(onChange: () => void): () => void {
  const stop = new AbortController();
  window.addEventListener('online', onChange, { signal: stop.signal });
  window.addEventListener('offline', onChange, { signal: stop.signal });
  return () => stop.abort();
}

export function Connection(): ReactNode {
  const connected = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <p className={connected ? 'connection' : 'connection connection--none'}>
      {connected ? 'Network: connected' : 'Network: not connected. Sign-in needs the network.'}
    </p>
  );
}
