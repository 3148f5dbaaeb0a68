import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

test('runs by itself, writes the environment, and ends with its parent process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  try {
    const file = join(folder, 'environment.json');
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), '--environment-file', file],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('READY ')) break;
    }
    const control = lines.at(-1)?.replace('READY ', '') ?? '';
    expect((await fetch(`${control}/simulator/users`)).status).toBe(200);
    expect(lines.join('\n')).toContain('9990000018');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ tag: 'SIMULATOR', live: false });
    const exit = once(child, 'exit');
    child.stdin.end();
    expect(await exit).toEqual([0, null]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
