import type { CopyOutcome } from '../../shared/copy-outcome.ts';
import { makeFault } from '../../shared/fault.ts';
import type { Audit } from '../audit/audit.ts';
import type { AuditEvent } from '../audit/trail-event.ts';

/** `selection`: PRIMARY of X11 and Wayland, which selecting alone fills. Other systems have none: it is empty there. */
export type ClipboardBuffer = 'clipboard' | 'selection';

/** The operating system's clipboard. */
export interface SystemClipboard {
  readText(buffer: ClipboardBuffer): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(buffer: ClipboardBuffer): Promise<void>;
  /** The address of the page whose text Chromium itself has copied; an empty text for any other content. */
  sourceAddress(): Promise<string>;
}

/** What the trail says of a copy. */
export type CopyEntry = Extract<AuditEvent, { event: 'copied' | 'record-copied' }>;

export interface ViewerClipboard {
  /** Records the copy, then copies. With a fault nothing was copied. The text stays two minutes at most. */
  copy(text: string, entry?: CopyEntry): Promise<CopyOutcome>;
  /** This text has been selected: removes it from PRIMARY where Chromium has put it there. */
  selected(text: string): Promise<void>;
  /** Removes text that the page has copied without `copy`, and records the removal. */
  check(): Promise<void>;
  forget(): Promise<void>;
}

export interface ViewerClipboardDependencies {
  readonly system: SystemClipboard;
  readonly audit: Pick<Audit, 'record'>;
  readonly newReference: () => string;
  /** The viewer's own pages. */
  readonly pageOrigin: string;
  /** Told of every copy. */
  readonly onCopy: (outcome: CopyOutcome) => void;
}

/** How long copied text may stay: enough to paste a number or to dial it. */
export const copyLimitMs = 2 * 60_000;

/** Chromium may fill PRIMARY only after the page has said what is selected. */
export const lateSelectionMs = 500;

/** The latest are kept: a text that was selected before them has been looked for on PRIMARY already. */
export const mostSelections = 100;

/**
 * The one way from the viewer's window to the clipboard (H17). It records each copy in the audit trail first, and removes
 * the copied text from the clipboard after two minutes, and when the patient or the user changes: both call `forget`. It
 * never removes the text of another program.
 */
export function createViewerClipboard(dependencies: ViewerClipboardDependencies): ViewerClipboard {
  const { system, audit, newReference, pageOrigin, onCopy } = dependencies;
  let ours: string | undefined;
  /** What may be on PRIMARY, until half a second after `forget`. */
  const selections = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  /** Counts the calls of `forget`: a copy that was still being recorded at one of them comes too late. */
  let forgotten = 0;

  async function copyRecorded(text: string, entry: CopyEntry): Promise<CopyOutcome> {
    const before = forgotten;
    const unrecorded = await audit.record(entry);
    if (unrecorded !== undefined) return { kind: 'not-copied', fault: unrecorded };
    if (forgotten !== before) return tooLate();
    ours = text;
    clearTimeout(timer);
    timer = setTimeout(() => void takeBack(), copyLimitMs);
    await system.writeText(text);
    // Chromium puts each text that it copies on PRIMARY as well. (Chromium, `ui/base/clipboard`, `ClipboardOzone`.)
    await selected(text);
    if (forgotten === before) return { kind: 'copied' };
    ours = text; // `forget` ran before the text was on the clipboard
    await takeBack();
    return tooLate();
  }

  function tooLate(): CopyOutcome {
    return { kind: 'not-copied', fault: makeFault('copy-too-late', newReference()) };
  }

  async function takeBack(): Promise<void> {
    clearTimeout(timer);
    const text = ours;
    if (text === undefined) return;
    if (isSame(await system.readText('clipboard'), text)) await system.clear('clipboard');
    if (ours === text) ours = undefined;
  }

  async function takeBackSelections(): Promise<void> {
    const texts = [...selections]; // `forget` may empty the set while the clipboard is read
    if (texts.length === 0) return;
    const found = await system.readText('selection');
    if (found !== '' && texts.some((text) => isSame(found, text))) await system.clear('selection');
  }

  async function selected(text: string): Promise<void> {
    selections.delete(text); // comes last
    selections.add(text);
    for (const oldest of [...selections].slice(0, -mostSelections)) selections.delete(oldest);
    setTimeout(() => void takeBackSelections(), lateSelectionMs);
    await takeBackSelections();
  }

  async function check(): Promise<void> {
    await takeBackSelections();
    if (!isOf(pageOrigin, await system.sourceAddress())) return;
    await selected(await system.readText('clipboard'));
    await system.clear('clipboard');
    void audit.record({ event: 'unrecorded-copy-removed' });
  }

  return {
    async copy(text, entry = { event: 'copied' }) {
      const outcome = await copyRecorded(text, entry);
      onCopy(outcome);
      return outcome;
    },
    selected,
    check,
    async forget() {
      forgotten += 1;
      await takeBack();
      await check();
      const gone = [...selections];
      // Not before the last look at PRIMARY, which `selected` has timed.
      setTimeout(() => {
        for (const text of gone) selections.delete(text);
      }, lateSelectionMs);
    },
  };
}

/** Windows returns its own line ends. */
function isSame(found: string, text: string): boolean {
  return found.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n');
}

function isOf(origin: string, address: string): boolean {
  return address === origin || address.startsWith(`${origin}/`);
}
