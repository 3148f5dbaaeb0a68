/** `npm run simulator`: runs the simulator until Ctrl-C or the end of its parent process. */
import { fstatSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseCommandLine, usage } from './command-line.ts';
import { printTables } from './print.ts';
import { startSimulator } from './start.ts';

const commandLine = parseCommandLine(process.argv.slice(2));
if (commandLine.kind === 'help') {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
if (commandLine.kind === 'refused') {
  process.stderr.write(`${commandLine.problem}\n\n${usage}\n`);
  process.exit(2);
}

const simulator = await startSimulator(commandLine.options);
const { environmentFile } = commandLine;
if (environmentFile !== undefined) {
  // It holds private keys, though only of this run.
  await writeFile(environmentFile, `${JSON.stringify(simulator.environment, undefined, 2)}\n`, {
    mode: 0o600,
  });
}
printTables(simulator, (line) => process.stdout.write(`${line}\n`));
process.stdout.write(`READY ${simulator.addresses.control}\n`);

let stopping = false;

function stop(): void {
  if (stopping) return;
  stopping = true;
  void simulator.stop().then(() => process.exit(0));
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.stdout.once('error', stop);
if (isHeldByParent()) {
  process.stdin.once('end', stop);
  process.stdin.once('error', stop);
  process.stdin.resume();
}

/** A pipe ends with the parent. A terminal or /dev/null says nothing about it: the latter has ended from the start. */
function isHeldByParent(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
