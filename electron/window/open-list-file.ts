import { type BrowserWindow, dialog } from 'electron';
import type { ClinicListFile } from '../../shared/clinic-list.ts';
import { longestClinicList } from '../../shared/clinical/clinic-list.ts';
import { clinicListDetails } from '../../shared/fault.ts';
import { decodeUtf8, readFileSafely } from '../files/read-file.ts';
import type { HiddenScreen } from './hidden-screen.ts';

/** Some hundred times a list of the greatest length. */
const mostBytes = 1024 * 1024;

/** The system's dialogue for the file of a clinic list, and its text. The path goes nowhere. */
export function listFileOf(
  window: BrowserWindow,
  hiddenScreen: Pick<HiddenScreen, 'whenShown'>,
): () => Promise<ClinicListFile> {
  return async () => {
    if (!(await hiddenScreen.whenShown())) return { kind: 'cancelled' }; // H9
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open a clinic list',
      filters: [
        { name: 'Text or CSV', extensions: ['csv', 'txt'] },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: ['openFile', 'dontAddToRecent'],
    });
    const [file] = filePaths;
    if (canceled || file === undefined) return { kind: 'cancelled' };
    const read = await readFileSafely(file, mostBytes);
    if (read.kind !== 'read') return { kind: 'refused', problem: clinicListDetails.fileUnreadable };
    const text = decodeText(read.bytes);
    if (text === undefined) return { kind: 'refused', problem: clinicListDetails.fileNotText };
    return text.length > longestClinicList
      ? { kind: 'refused', problem: clinicListDetails.fileTooLong }
      : { kind: 'read', text };
  };
}

/** Spreadsheets write UTF-8, UTF-16 or Windows' own code page. `undefined` for what is no text. */
function decodeText(bytes: Uint8Array): string | undefined {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = isUtf16
    ? new TextDecoder('utf-16le').decode(bytes)
    : (decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes));
  return text.includes('\0') ? undefined : text;
}
