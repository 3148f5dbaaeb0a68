/** Writes the real registry with `reg.exe import`, whose files have every letter and every type. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { windowsProgram } from '../../electron/settings/windows-programs.ts';
import { runProgram } from './programs.ts';

/** A value as a file of `reg.exe` has it. */
export type RegistryValue =
  | { readonly type: 'REG_SZ'; readonly text: string }
  | { readonly type: 'REG_EXPAND_SZ' | 'REG_MULTI_SZ'; readonly text: string }
  | { readonly type: 'REG_DWORD'; readonly number: number }
  | { readonly type: 'REG_QWORD'; readonly number: number }
  | { readonly type: 'REG_BINARY'; readonly bytes: readonly number[] };

/** `key`: with its hive, such as `HKEY_LOCAL_MACHINE\SOFTWARE\…`. Values that are there and not named stay. */
export async function writeKey(key: string, values: Readonly<Record<string, RegistryValue>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `"${escaped(name)}"=${written(value)}`);
  await importLines([`[${key}]`, ...lines]);
}

/** With all that is below them; a key that is not there is none the less gone. */
export async function deleteKeys(...keys: readonly string[]): Promise<void> {
  await importLines(keys.map((key) => `[-${key}]`));
}

async function importLines(lines: readonly string[]): Promise<void> {
  const file = path.join(tmpdir(), 'values.reg');
  const text = ['Windows Registry Editor Version 5.00', '', ...lines, '', ''].join('\r\n');
  writeFileSync(file, Buffer.from(`\ufeff${text}`, 'utf16le'));
  const { exitCode, out, error } = await runProgram(windowsProgram('reg.exe'), ['import', file]);
  if (exitCode !== 0) throw new Error(`reg import: ${out}${error}`);
}

function written(value: RegistryValue): string {
  switch (value.type) {
    case 'REG_SZ':
      return `"${escaped(value.text)}"`;
    case 'REG_EXPAND_SZ':
      return `hex(2):${hex(Buffer.from(`${value.text}\0`, 'utf16le'))}`;
    case 'REG_MULTI_SZ':
      return `hex(7):${hex(Buffer.from(`${value.text}\0\0`, 'utf16le'))}`;
    case 'REG_DWORD':
      return `dword:${value.number.toString(16).padStart(8, '0')}`;
    case 'REG_QWORD': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value.number));
      return `hex(b):${hex(bytes)}`;
    }
    case 'REG_BINARY':
      return `hex:${hex(Buffer.from(value.bytes))}`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function hex(bytes: Buffer): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');
}
