/** What every user must know of this installation. */
import type { ReactNode } from 'react';

export function Notices({ notices }: { readonly notices: readonly string[] }): ReactNode {
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="Notices">
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}
