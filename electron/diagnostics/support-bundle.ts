import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { DiagnosticsView } from '../../shared/application.ts';
import type { HiddenScreen } from '../window/hidden-screen.ts';
import type { DiagnosticsRows } from './installation-rows.ts';
import type { Log } from './log.ts';

const linesInBundle = 500;

export interface Diagnostics {
  read(): Promise<DiagnosticsView>;
  saveSupportBundle(): Promise<'saved' | 'cancelled' | 'failed'>;
}

export interface DiagnosticsDependencies {
  readonly describe: () => Promise<DiagnosticsRows>;
  readonly log: Log;
  /** The parent of the dialogue that asks where to save. */
  readonly window: BrowserWindow;
  readonly hiddenScreen: Pick<HiddenScreen, 'whenShown'>;
}

/** The data of the Diagnostics screen, and the support bundle: that data and the end of the log in one file. */
export function createDiagnosticsOf({
  describe,
  log,
  window,
  hiddenScreen,
}: DiagnosticsDependencies): Diagnostics {
  async function read(): Promise<DiagnosticsView> {
    return { rows: await describe(), recentFaults: log.recentFaults() };
  }

  return {
    read,
    async saveSupportBundle() {
      if (!(await hiddenScreen.whenShown())) return 'cancelled'; // H9
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save support bundle',
        defaultPath: 'cpis-viewer-support.json',
        filters: [{ name: 'JSON', extensions: ['json'] }],
      });
      if (canceled || filePath === '') return 'cancelled';
      try {
        const bundle = { ...(await read()), log: await log.newestLines(linesInBundle) };
        await writeFile(filePath, `${JSON.stringify(bundle, undefined, 2)}\n`);
        return 'saved';
      } catch {
        return 'failed';
      }
    },
  };
}
