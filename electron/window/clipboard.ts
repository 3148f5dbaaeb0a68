/**
 * The one way from the viewer's window to the clipboard (H17). What is copied is in the audit trail first, is remembered
 * as ours, and is gone from the clipboard when the patient, the user or the time for it is: `forget` is called at each.
 * What another program has put there is left alone.
 */
import type { CopyOutcome } from '../../shared/copy-outcome.ts';
import { makeFault } from '../../shared/fault.ts';
import type { Audit } from '../audit/audit.ts';

/** `selection`: PRIMARY of X11 and Wayland, which selecting alone fills. Other systems have none: it is empty there. */
export type ClipboardBuffer = 'clipboard' | 'selection';

/** The operating system's clipboard. */
export interface SystemClipboard {
  readText(buffer: ClipboardBuffer): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(buffer: ClipboardBuffer): Promise<void>;
  /** The address of the page from which Chromium itself has put there what is on the clipboard; else an empty text. */
  sourceAddress(): Promise<string>;
}

export interface ViewerClipboard {
  /** Recorded, then copied. With the fault nothing was copied. Lasts two minutes at most. */
  copy(text: string): Promise<CopyOutcome>;
  /** The user has selected this text: where the system has put it on PRIMARY by itself, it is taken back. */
  selected(text: string): Promise<void>;
  /** Finds what has come there from the page past `copy`, takes it back and records that. */
  check(): Promise<void>;
  /** Takes back all that is ours. */
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

/** Milliseconds that copied text may stay: time to paste it, or to dial it. */
export const copyLasts = 2 * 60_000;

export function createViewerClipboard(dependencies: ViewerClipboardDependencies): ViewerClipboard {
  const { system, audit, newReference, pageOrigin, onCopy } = dependencies;
  let ours: string | undefined;
  let ourSelection: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Counts what ends a copy: one that is still being recorded then comes too late. */
  let forgotten = 0;

  async function copyRecorded(text: string): Promise<CopyOutcome> {
    const before = forgotten;
    const unrecorded = await audit.record({ event: 'copied' });
    if (unrecorded !== undefined) return { kind: 'not-copied', fault: unrecorded };
    if (forgotten !== before) return tooLate();
    ours = text;
    clearTimeout(timer);
    timer = setTimeout(() => void takeBack(), copyLasts);
    await system.writeText(text);
    if (forgotten === before) return { kind: 'copied' };
    ours = text; // what was forgotten meanwhile was not there yet
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

  async function takeBackSelection(): Promise<void> {
    const text = ourSelection;
    if (text === undefined || !isSame(await system.readText('selection'), text)) return;
    await system.clear('selection');
    if (ourSelection === text) ourSelection = undefined;
  }

  async function check(): Promise<void> {
    await takeBackSelection();
    if (!isOf(pageOrigin, await system.sourceAddress())) return;
    await system.clear('clipboard');
    void audit.record({ event: 'unrecorded-copy-removed' });
  }

  return {
    async copy(text) {
      const outcome = await copyRecorded(text);
      onCopy(outcome);
      return outcome;
    },
    async selected(text) {
      ourSelection = text;
      await takeBackSelection();
    },
    check,
    async forget() {
      forgotten += 1;
      await takeBack();
      await check();
      ourSelection = undefined;
    },
  };
}

/** Windows gives its own line ends back. */
function isSame(found: string, text: string): boolean {
  return found.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n');
}

function isOf(origin: string, address: string): boolean {
  return address === origin || address.startsWith(`${origin}/`);
}
