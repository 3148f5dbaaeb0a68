import type { Session } from 'electron';

/** Refuses every download, so that no page leaves a file on the disk (H10). */
export function refuseDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}
