import { ClipboardItem, clipboard } from 'electron';
import type { SystemClipboard } from './clipboard.ts';

/**
 * Chromium's format for the address of the page that content comes from. The browser process adds the address to each copy
 * of a page, so that no script can omit or change it. Tested on Linux; on Windows and macOS only the name is known.
 * Source: Chromium, `ui/base/clipboard`: `kMimeTypeSourceUrl`, `ClipboardFormatType::InternalSourceUrlType`.
 */
const sourceFormats: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'chromium/x-source-url',
  darwin: 'org.chromium.source-url',
  win32: 'Chromium internal source URL',
};

/**
 * The format that asks clipboard histories and synchronisation to leave content out: Windows itself, KDE's Klipper and
 * managers on macOS honour it. NOT YET RUN on any of the three.
 * Source: Microsoft, "Cloud Clipboard and Clipboard History Formats"; KDE, Klipper; nspasteboard.org.
 */
const unkeptFormats: Readonly<Partial<Record<NodeJS.Platform, readonly [format: string, value: string]>>> = {
  linux: ['x-kde-passwordManagerHint', 'secret'],
  darwin: ['org.nspasteboard.ConcealedType', '1'],
  win32: ['ExcludeClipboardContentFromMonitorProcessing', '1'],
};

/**
 * The operating system's clipboard through Electron. From version 44 Electron's API is W3C's; development runs on an older
 * version with the earlier API.
 * Source: Electron, `clipboard`, `ClipboardItem`, "Breaking changes", 44.0.
 */
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
      // A system that refuses the mark must still have the phone number.
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
