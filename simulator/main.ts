/** `npm run simulator`: the simulator by itself, until Ctrl-C or the end of whatever started it. */
import { fstatSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { printTables } from './print.ts';
import { startSimulator } from './start.ts';

const { values } = parseArgs({
  options: {
    'environment-file': { type: 'string' },
    'port-base': { type: 'string' },
  },
});

const simulator = await startSimulator(portsFrom(values['port-base']));
const environmentFile = values['environment-file'];
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

function portsFrom(text: string | undefined) {
  if (text === undefined) return {};
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1_024 || base > 65_000) {
    process.stderr.write('--port-base must be a number from 1024 to 65000\n');
    process.exit(2);
  }
  return { ports: { cis2: base, platform: base + 1, control: base + 2 } };
}
