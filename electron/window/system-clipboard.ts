/**
 * The operating system's clipboard through Electron, whose API is W3C's from 44 on and another before: the fallback that
 * development runs on has the earlier one.
 * Source: Electron, `clipboard`, `ClipboardItem`, "Breaking changes", 44.0.
 */
import { ClipboardItem, clipboard } from 'electron';
import type { SystemClipboard } from './clipboard.ts';

/**
 * What Chromium calls the address of the page that content comes from. The browser process adds it to what a page
 * copies, so that no script can leave it out or change it. Seen on Linux; for Windows and macOS by the name alone.
 * Source: Chromium, `ui/base/clipboard`: `kMimeTypeSourceUrl`, `ClipboardFormatType::InternalSourceUrlType`.
 */
const sourceFormats: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'chromium/x-source-url',
  darwin: 'org.chromium.source-url',
  win32: 'Chromium internal source URL',
};

/**
 * The format that keeps content out of clipboard histories and away from other devices, where the program that keeps
 * them heeds it: Windows itself, KDE's Klipper, managers on macOS. None of the three has been run.
 * Source: Microsoft, "Cloud Clipboard and Clipboard History Formats"; KDE, Klipper; nspasteboard.org.
 */
const unkeptFormats: Readonly<Partial<Record<NodeJS.Platform, readonly [format: string, value: string]>>> = {
  linux: ['x-kde-passwordManagerHint', 'secret'],
  darwin: ['org.nspasteboard.ConcealedType', '1'],
  win32: ['ExcludeClipboardContentFromMonitorProcessing', '1'],
};

export function createSystemClipboard(platform: NodeJS.Platform): SystemClipboard {
  const sourceFormat = sourceFormats[platform];
  const current: unknown = clipboard;
  return isEarlier(current)
    ? earlierClipboard(current, platform, sourceFormat)
    : currentClipboard(platform, sourceFormat);
}

function currentClipboard(platform: NodeJS.Platform, sourceFormat: string | undefined): SystemClipboard {
  const selection = platform === 'linux' ? clipboard.selection : undefined;
  const unkept = unkeptFormats[platform];
  return {
    readText: async (buffer) => (await (buffer === 'selection' ? selection : clipboard)?.readText()) ?? '',
    async writeText(text) {
      if (unkept === undefined) return clipboard.writeText(text);
      const [format, value] = unkept;
      const item = new ClipboardItem({ 'text/plain': text, [rawFormat(format)]: new Blob([value]) });
      // A system that refuses the mark must still have the telephone number.
      await clipboard.write([item]).catch(() => clipboard.writeText(text));
    },
    async clear(buffer) {
      (buffer === 'selection' ? selection : clipboard)?.clear();
    },
    async sourceAddress() {
      if (sourceFormat === undefined) return '';
      const type = rawFormat(sourceFormat);
      const item = (await clipboard.read()).find(({ types }) => types.includes(type));
      const payload = await item?.getType(type);
      return payload instanceof Blob ? payload.text() : '';
    },
  };
}

function rawFormat(name: string): string {
  return `electron application/osclipboard;format="${name}"`;
}

/** Before Electron 44. */
interface EarlierClipboard {
  readText(type: 'clipboard' | 'selection'): string;
  writeText(text: string): void;
  clear(type: 'clipboard' | 'selection'): void;
  readBuffer(format: string): Buffer;
}

function isEarlier(value: unknown): value is EarlierClipboard {
  return typeof value === 'object' && value !== null && 'readBuffer' in value;
}

function earlierClipboard(
  earlier: EarlierClipboard,
  platform: NodeJS.Platform,
  sourceFormat: string | undefined,
): SystemClipboard {
  return {
    readText: async (buffer) =>
      buffer === 'selection' && platform !== 'linux' ? '' : earlier.readText(buffer),
    writeText: async (text) => earlier.writeText(text),
    async clear(buffer) {
      if (buffer === 'clipboard' || platform === 'linux') earlier.clear(buffer);
    },
    sourceAddress: async () =>
      sourceFormat === undefined ? '' : earlier.readBuffer(sourceFormat).toString('utf8'),
  };
}
