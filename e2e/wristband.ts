import type { Page } from '@playwright/test';
import type { SyntheticPatient } from '../simulator/client.ts';

const gs = '\u001d';
/** Of no organisation that is known. */
const companyPrefix = '9999999';

interface Further {
  /** In place of the patient's date of birth. */
  readonly born?: string;
  /** What the band of a newborn has. */
  readonly baby?: string;
  /** In place of the right one. */
  readonly checkDigit?: string;
}

/** The barcodes of wristbands of synthetic patients, as a scanner types them. */
export function wristbandOf(patient: SyntheticPatient, further: Further = {}): string {
  const key = companyPrefix + patient.nhsNumber;
  const { born = patient.birthDate ?? '', checkDigit = gs1CheckDigit(key) } = further;
  const baby = further.baby === undefined ? [] : [`92${further.baby}`];
  const names = [patient.family, ...patient.given].join(' ');
  return [`]d28018${key}${checkDigit}`, '91RXX 123456', ...baby, `93${names} ${born}`].join(gs);
}

/** As a scanner does: all keys at once, past the window system, then a real Enter. */
export async function scan(page: Page, barcode: string): Promise<void> {
  await page.evaluate((keys) => {
    const target = document.activeElement ?? document.body;
    for (const key of keys) target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }, Array.from(barcode));
  await page.keyboard.press('Enter');
}

function gs1CheckDigit(digits: string): string {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
