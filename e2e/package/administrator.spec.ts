/** A release believes only files of the machine's administrator. The tests read its log. */
import { chmod, chown, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Release, test } from './release.ts';

/** Long enough for a first start on a busy machine. */
const patience = { timeout: 30_000 };

const environmentFile = ({ machineFolder }: Release) => path.join(machineFolder, 'environment.json');
const policyFile = ({ machineFolder }: Release) => path.join(machineFolder, 'policy.json');

/** Expects that it has started, offers no sign-in, and says why. */
async function expectRefused({ log }: ReturnType<Release['start']>, words: string): Promise<void> {
  await expect.poll(log, patience).toContain(words);
  expect(await log()).toMatch(/"event":"started".*"environment":"NOT SET UP"/);
}

test('the administrator’s environment and policy are believed', async ({ release }) => {
  await release.setPolicy({ printing: false });
  const { log } = release.start();
  await expect.poll(log, patience).toMatch(/"event":"started".*"environment":"SIMULATOR"/);
});

test('those that a user shows it in a namespace of their own are not', async ({ release }) => {
  await expectRefused(
    release.start({ inOwnNamespace: true }),
    'The policy of this computer cannot be trusted: the viewer was started in a user namespace',
  );
});

const refused: Readonly<
  Record<string, readonly [words: string, prepare: (release: Release) => Promise<void>]>
> = {
  'an environment file of a user': [
    'The environment file cannot be trusted: /etc/cpis-viewer/environment.json belongs to user 1000',
    (release) => chown(environmentFile(release), 1000, 1000),
  ],
  'an environment file that everyone may write': [
    'The environment file cannot be trusted: /etc/cpis-viewer/environment.json can be written by everyone',
    (release) => chmod(environmentFile(release), 0o666),
  ],
  'a policy that a group may write': [
    'The policy of this computer cannot be trusted: /etc/cpis-viewer/policy.json can be written by group 1000',
    async (release) => {
      await release.setPolicy({});
      await chown(policyFile(release), 0, 1000);
      await chmod(policyFile(release), 0o664);
    },
  ],
  'no policy, in a folder that everyone may write': [
    'The policy of this computer cannot be trusted: /etc/cpis-viewer can be written by everyone',
    async (release) => {
      await rm(policyFile(release), { force: true });
      await chmod(release.machineFolder, 0o777);
    },
  ],
  'a certificate in a folder that everyone may write': [
    'The file that audit.forwardCertificateFile names cannot be trusted: ',
    async (release) => {
      const certificate = path.join(release.folder, 'collector.pem');
      await writeFile(certificate, '');
      await release.setPolicy({ auditForwardTo: '127.0.0.1:6514', auditForwardCertificateFile: certificate });
    },
  ],
};

for (const [what, [words, prepare]] of Object.entries(refused)) {
  test(`no user can sign in with ${what}, and it is named`, async ({ release }) => {
    await prepare(release);
    await expectRefused(release.start(), words);
  });
}
