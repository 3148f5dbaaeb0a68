import { type ReactNode, useSyncExternalStore } from 'react';

function subscribe(onChange: () => void): () => void {
  const stop = new AbortController();
  window.addEventListener('online', onChange, { signal: stop.signal });
  window.addEventListener('offline', onChange, { signal: stop.signal });
  return () => stop.abort();
}

/** Says when the system reports no network, which is certain; that it reports one promises nothing. It never blocks a sign-in. */
export function Connection(): ReactNode {
  const isConnected = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status">
      {!isConnected && (
        <p className="connection--none">
          This computer is not connected to a network. Sign-in needs the network.
        </p>
      )}
    </div>
  );
}
