import type { Simulator } from './start.ts';
import { roleLabel, users } from './users.ts';

/** Prints the users, patients and addresses for a person who starts the simulator. */
export function printTables({ addresses, issuer, patients }: Simulator, print: (line: string) => void): void {
  print('CP-IS Viewer simulator: every person, number and place here is synthetic');
  print('');
  printTable(print, [
    ['Care Identity', issuer],
    ['platform', addresses.platform],
    ['control', addresses.control],
  ]);
  print('');
  printTable(print, [
    ['user', 'button', 'what', 'roles'],
    ...users.map(({ key, name, description, roles }) => [
      key,
      name,
      description,
      roles.map(roleLabel).join('; '),
    ]),
  ]);
  print('');
  printTable(print, [
    ['patient', 'NHS number', 'name', 'born', 'what'],
    ...patients.map(({ key, nhsNumber, family, given, birthDate, description }) => [
      key,
      nhsNumber,
      `${family}, ${given.join(' ')}`,
      birthDate ?? '',
      description,
    ]),
  ]);
  print('');
}

function printTable(print: (line: string) => void, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    print(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
  }
}
