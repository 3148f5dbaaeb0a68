/**
 * Reads many trails, each entry once. A trail may be given in parts, as its archive and what is left on the workstation, or
 * twice, as a copy and its original: entries are told apart by their hashes, which differ between any two trails.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type ChainEnd, type Entry, readEntry } from '../entry.ts';
import { linesFrom, listTrailFiles, readTailMarker } from '../trail-folder.ts';
import { type TrailReport, verifyTrail } from '../verify.ts';

export interface TrailRead {
  readonly folder: string;
  readonly report: TrailReport;
  /** Found in this folder, and nowhere before. */
  readonly newEntries: number;
  /** What keeps the trail from being whole. */
  readonly problems: readonly string[];
}

/** Folders below the given one: workstation, user, the viewer's folder, `audit`. */
const deepestFolder = 4;

/** The trail in the folder or, where there is none, those in the folders below it. Throws the error of the file system. */
export function findTrails(folder: string): readonly string[] {
  const found = trailsIn(folder, 0);
  if (found.length === 0) throw new Error(`There is no trail in ${folder}`);
  return found;
}

function trailsIn(folder: string, depth: number): readonly string[] {
  if (listTrailFiles(folder).length > 0 || readTailMarker(folder).kind !== 'missing') return [folder];
  if (depth === deepestFolder) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .toSorted()
    .flatMap((below) => trailsIn(below, depth + 1));
}

interface Lineage<Recorder> {
  readonly recorder: Recorder;
  /** The last entry that was handed on. */
  last: ChainEnd;
}

interface Part {
  readonly folder: string;
  readonly first: Entry | undefined;
}

/**
 * `begin` is called for each trail, `add` for each of its entries in their order. Throws the error of the file system.
 */
export function readTrails<Recorder>(
  folders: readonly string[],
  begin: () => Recorder,
  add: (recorder: Recorder, entry: Entry) => void,
): readonly TrailRead[] {
  const parts = folders
    .map((folder): Part => ({ folder, first: firstEntryIn(folder) }))
    .toSorted((one, other) => (one.first?.seq ?? 0) - (other.first?.seq ?? 0));
  /** By the hash of an entry: the trail that has it. Of those entries alone at which another part begins or continues. */
  const lineages = new Map<string, Lineage<Recorder> | undefined>();
  for (const { first } of parts) {
    if (first === undefined) continue;
    lineages.set(first.hash, undefined);
    lineages.set(first.previous, undefined);
  }
  return parts.map(readPart);

  function readPart({ folder, first }: Part): TrailRead {
    const known = first && (lineages.get(first.hash) ?? lineages.get(first.previous));
    const lineage = known ?? { recorder: begin(), last: { seq: 0, hash: '' } };
    const begunBefore = lineage.last;
    let newEntries = 0;
    let differs = false;
    const report = verifyTrail(folder, {
      // The entries before the first are in another folder, and were verified there.
      from: known === undefined ? undefined : listTrailFiles(folder)[0]?.name,
      onEntry(entry) {
        if (lineages.has(entry.hash)) lineages.set(entry.hash, lineage);
        if (entry.seq === begunBefore.seq && entry.hash !== begunBefore.hash) differs = true;
        if (entry.seq <= lineage.last.seq) return;
        lineage.last = { seq: entry.seq, hash: entry.hash };
        newEntries += 1;
        add(lineage.recorder, entry);
      },
    });
    const problems = report.findings.flatMap(({ kind, text }) => (kind === 'problem' ? [text] : []));
    if (report.entries === 0 && problems.length === 0) problems.push('There is no entry in this folder.');
    if (differs)
      problems.push('Another folder has another trail with the same beginning: one of them was rewritten.');
    return { folder, report, newEntries, problems };
  }
}

/** `undefined` where no line of the first file is an entry. */
function firstEntryIn(folder: string): Entry | undefined {
  const [file] = listTrailFiles(folder);
  if (file === undefined) return undefined;
  try {
    for (const { bytes } of linesFrom(file.path, 0)) {
      const entry = readEntry(bytes);
      if (entry !== undefined) return entry;
    }
  } catch {
    // Its verification says why.
  }
  return undefined;
}
