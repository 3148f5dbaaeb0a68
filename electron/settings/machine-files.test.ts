/** The user who starts the viewer sets its variables: no variable changes the paths of the machine-wide files. */
import { execFile } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { machineFile } from './machine-files.ts';
import { regExe } from './policy/policy-registry.ts';

vi.mock('node:child_process', () => ({ execFile: vi.fn() }));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(execFile).mockReset();
});

/** Every variable that names a folder of the system or of the user, set to another folder. */
function leadElsewhere(): void {
  const names = [
    'ProgramData ALLUSERSPROFILE ProgramFiles ProgramW6432 SystemRoot windir SystemDrive ComSpec PATH PATHEXT',
    'HOME USERPROFILE XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_DIRS',
  ].flatMap((line) => line.split(' '));
  for (const name of names) vi.stubEnv(name, 'D:\\mine');
}

test.each([
  ['win32', 'C:\\Program Files\\CP-IS Viewer Settings\\environment.json'],
  ['linux', '/etc/cpis-viewer/environment.json'],
  ['darwin', '/Library/Application Support/CP-IS Viewer/environment.json'],
] as const)("on %s the machine's file is where it is", (platform, file) => {
  leadElsewhere();
  expect(machineFile(platform, 'environment.json')).toBe(file);
});

test('reg.exe is the one of Windows', async () => {
  leadElsewhere();
  vi.mocked(execFile).mockImplementation(() => {
    throw new Error('not run here');
  });
  await expect(regExe.query('HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies')).rejects.toThrow('not run here');
  expect(vi.mocked(execFile).mock.lastCall?.[0]).toBe('C:\\Windows\\System32\\reg.exe');
});
