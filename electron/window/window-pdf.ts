import { type BrowserWindow, dialog } from 'electron';
import { onWhitePaper } from './paper-background.ts';
import type { PdfPort } from './save-pdf.ts';

/** The system's dialogue for the file of a PDF, and the PDF that Chromium makes of the window's page. */
export function pdfOf(window: BrowserWindow): PdfPort {
  return {
    async chooseFile() {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save as PDF',
        // H10: names no patient.
        defaultPath: 'cp-is-check.pdf',
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
        properties: ['showOverwriteConfirmation'],
      });
      return canceled || filePath === '' ? undefined : filePath;
    },
    makePdf: () =>
      onWhitePaper(window, () =>
        window.webContents.printToPDF({
          pageSize: 'A4',
          printBackground: true,
          displayHeaderFooter: !numbersPages,
          headerTemplate: '<span></span>',
          footerTemplate: pageNumber,
        }),
      ),
  };
}

/** Whether Chromium numbers the pages as `print.css` says: from version 131 on. */
const numbersPages = Number.parseInt(process.versions.chrome, 10) >= 131;

/** Source: Electron, `webContents.printToPDF`: the classes into which Chromium puts the numbers. */
const pageNumber =
  '<div style="width: 100%; padding: 0 12mm; text-align: right; font: 8px Arial, sans-serif">Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>';
