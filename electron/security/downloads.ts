import type { Session } from 'electron';

/** Nothing of this application is ever downloaded: a page that tries gets nothing and leaves nothing (H10). */
export function refuseDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}
