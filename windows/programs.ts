/** The programs that the tests start: the commands of the viewer without its window, and what writes beside a test. */
import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { runAuditArguments } from '../electron/audit/command.ts';
import { standardOutput } from '../electron/audit/standard-output.ts';
import { openTrail } from '../electron/audit/trail.ts';
import { runKeysCommand } from '../electron/identity/signers/keys-command.ts';
import { parseKeysCommand } from '../electron/identity/signers/keys-command-line.ts';
import { createKeyStore } from '../electron/identity/signers/stored/key-store.ts';
import { watchQuitRequest } from '../electron/main/quit-request.ts';
import { findCommandArguments } from '../electron/settings/command-arguments.ts';
import { plainStorage } from './support/plain-storage.ts';

const [program, ...programArguments] = process.argv.slice(2);
switch (program) {
  case 'viewer':
    runCommand(programArguments);
    break;
  case 'wait-for-quit':
    setInterval(() => undefined, 1_000);
    watchQuitRequest(programArguments[0] ?? '', {
      quit: () => process.exit(0),
      processStartedAt: new Date(),
      now: () => new Date(),
      log: { write: () => undefined },
    });
    standardOutput.out('watching\n');
    break;
  case 'write-arguments':
    appendFileSync(programArguments[0] ?? '', `${JSON.stringify(programArguments.slice(1))}\n`);
    break;
  case 'write-trail':
    void writeTrail(programArguments[0] ?? '', Number(programArguments[1] ?? 0));
    break;
  default:
    throw new Error(`There is no program ${program}.`);
}

/** As `cpis-viewer audit …` and `cpis-viewer keys …`. */
function runCommand(words: readonly string[]): void {
  const audit = findCommandArguments('audit', words, true);
  const keys = findCommandArguments('keys', words, true);
  if (audit !== undefined) void runAuditArguments(audit, '').then((exitCode) => process.exit(exitCode));
  else if (keys !== undefined) void runKeys(keys).then((exitCode) => process.exit(exitCode));
  else throw new Error('There is no such command.');
}

function runKeys(words: readonly string[]): Promise<number> {
  const storage = plainStorage;
  const folder = path.join(process.env['CPIS_VIEWER_KEYS'] ?? '', 'signing-keys');
  return runKeysCommand(parseKeysCommand(words), {
    ...standardOutput,
    store: createKeyStore({ folder, storage, now: () => new Date() }),
    storage,
    publish: async () => ({ keys: [] }),
  });
}

/** Writes entries until it is killed; says how many are on the disk after each. `largestFileBytes`: 0 for the usual. */
async function writeTrail(folder: string, largestFileBytes: number): Promise<void> {
  const trail = openTrail({
    folder,
    workstation: hostname(),
    now: () => new Date(),
    ...(largestFileBytes === 0 ? {} : { largestFileBytes }),
  });
  for (let written = 1; ; written += 1) {
    await trail.append({ event: 'copied', workstation: hostname(), actor: null });
    standardOutput.out(`${written}\n`);
  }
}
