import type { IpcMainInvokeEvent, WebContents } from 'electron';

/**
 * Whether a message comes from the viewer's own page: its web contents, the main frame, exactly its origin. A frame
 * that is gone has no `senderFrame`, so its message is refused.
 */
export function isViewerSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  viewer: WebContents | undefined,
  origin: string,
): boolean {
  const { sender, senderFrame } = event;
  if (viewer === undefined || sender !== viewer || senderFrame === null) return false;
  return senderFrame === sender.mainFrame && senderFrame.origin === origin;
}
