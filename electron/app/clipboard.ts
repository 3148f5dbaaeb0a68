import { clipboard } from 'electron';

export interface ViewerClipboard {
  copy(text: string): void;
  /** Empties the clipboard if it still holds what was copied here (H10). */
  forget(): Promise<void>;
}

export function createViewerClipboard(): ViewerClipboard {
  let copied: string | undefined;
  return {
    copy(text) {
      copied = text;
      void clipboard.writeText(text);
    },
    async forget() {
      const ours = copied;
      copied = undefined;
      // A promise from Electron 44 on, a text before.
      if (ours !== undefined && (await clipboard.readText()) === ours) clipboard.clear();
    },
  };
}
