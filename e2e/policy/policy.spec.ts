import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Launch, makeProfile, test, type Viewer } from '../fixtures.ts';

interface Site {
  readonly profile: string;
  readonly file: string;
  setPolicy(policy: unknown): Promise<void>;
  start(environment?: Readonly<Record<string, unknown>>): Promise<Viewer>;
}

async function site(launch: Launch): Promise<Site> {
  const profile = await makeProfile();
  const file = path.join(profile, 'policy.json');
  return {
    profile,
    file,
    setPolicy: async (policy) => {
      await writeFile(file, JSON.stringify(policy));
      await chmod(file, 0o644);
    },
    start: (environment = {}) => launch({ profile, environment, args: [`--policy=${file}`] }),
  };
}

const notices = ({ page }: Viewer) => page.getByRole('region', { name: 'Notices' });

test('wins over the environment file where both speak', async ({ launch }) => {
  const { setPolicy, start } = await site(launch);
  await setPolicy({ careSetting: 'scheduled', printing: false, copyForRecord: false });
  const viewer = await start({ careSetting: 'unscheduled' });
  await viewer.signIn();
  await viewer.find('child-protection');
  await expect(viewer.page.getByText('Scheduled care – nobody is notified')).toBeVisible();
  await expect(viewer.page.getByText('Your organisation has set this for this computer.')).toBeVisible();
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expect(viewer.page.getByRole('heading', { name: 'CP-IS record found' })).toBeVisible();
  await expect(viewer.page.getByRole('button', { name: /Print|Copy for the record/ })).toHaveCount(0);
});

test('H21: the contacts and the procedure of the site are on Sign in, Locked and beside an answer', async ({
  launch,
}) => {
  const { file, setPolicy, start } = await site(launch);
  await setPolicy({
    safeguardingContacts: ['Safeguarding team | 020 7946 0555 | 08:00 to 18:00', 'Without a number'],
    localProcedure: 'Safeguarding procedure | https://intranet.example.nhs.uk/safeguarding',
  });
  const viewer = await start();
  const { app, page } = viewer;
  const expectContacts = async (name: string) => {
    const list = page.getByRole('region', { name });
    await expect(list).toContainText('Safeguarding team 020 7946 0555 (08:00 to 18:00)');
    await expect(list.getByRole('button', { name: /^Safeguarding procedure/ })).toBeVisible();
  };
  await expectContacts('Safeguarding contacts');
  await expect(notices(viewer)).toContainText(
    `The policy's safeguardingContacts has lines that are refused: 2.`,
  );
  await expect(notices(viewer)).toContainText(file);
  await viewer.signIn();
  for (const patient of ['child-protection', 'no-record', 'cpis-denied']) {
    await viewer.ask(patient, 'scheduled');
    await expectContacts('What to do now');
    await viewer.findAnother();
  }
  const opened = await app.evaluateHandle(({ shell }) => {
    const addresses: string[] = [];
    shell.openExternal = async (address) => void addresses.push(address);
    return addresses;
  });
  await viewer.ask('no-record', 'scheduled');
  await page.getByRole('button', { name: /^Safeguarding procedure/ }).click();
  await expect
    .poll(() => opened.evaluate((addresses) => [...addresses]))
    .toEqual(['https://intranet.example.nhs.uk/safeguarding']);
  await viewer.lock();
  await expectContacts('Safeguarding contacts');
});

test('leads to another environment file', async ({ launch, simulator }) => {
  const { profile, setPolicy, start } = await site(launch);
  const environmentFile = path.join(profile, 'of-the-site.json');
  await writeFile(environmentFile, JSON.stringify({ ...simulator.environment, tag: 'SITE 7' }));
  await chmod(environmentFile, 0o644);
  await setPolicy({ environmentFile });
  const { page } = await start();
  await expect(page.getByText('SITE 7')).toBeVisible();
});

test('leads to a file that is not there: the setting and its place are named', async ({ launch }) => {
  const { file, setPolicy, start } = await site(launch);
  await setPolicy({ environmentFile: '/nowhere/of-the-site.json' });
  const { page } = await start();
  await expect(
    page.getByText(
      `The policy's environmentFile (in ${file}) names a file that is not there (of-the-site.json).`,
    ),
  ).toBeVisible();
});

test('a value that is not right is refused by its name, on screen and in Diagnostics', async ({ launch }) => {
  const { file, setPolicy, start } = await site(launch);
  await setPolicy({ idleLockMinutes: 'soon', logLevel: 'faults' });
  const viewer = await start();
  await expect(notices(viewer)).toContainText(
    `The policy's idleLockMinutes is refused: it must be a whole number from 1 to 60 (in ${file}).`,
  );
  await expect(viewer.page.getByText('soon')).toHaveCount(0);
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(
    viewer.page.getByText(/Sets logLevel\. The policy's idleLockMinutes is refused/),
  ).toBeVisible();
});

test('one that cannot be read is as it was last, and the screen says so', async ({ launch }) => {
  const { file, setPolicy, start } = await site(launch);
  await setPolicy({ careSetting: 'scheduled' });
  const first = await start();
  await expect(first.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  await expect(first.page.getByText(/policy/i)).toHaveCount(0);
  await quit(first.app);

  await rm(file);
  await mkdir(file);
  const viewer = await start();
  await expect(notices(viewer)).toContainText('The policy could not be read (policy.json is a folder)');
  await viewer.signIn();
  await viewer.find('child-protection');
  await expect(viewer.page.getByText('Your organisation has set this for this computer.')).toBeVisible();
});

test('one that could never be read lets no user sign in, and the screen says why', async ({ launch }) => {
  const { file, start } = await site(launch);
  await mkdir(file);
  const { page } = await start();
  await expect(page.getByText('Sign-in is not possible')).toBeVisible();
  await expect(page.getByText('The policy of this computer could not be read')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toHaveCount(0);
});

test('a value that breaks a rule of the environment stops sign-in, and is looked for where it is', async ({
  launch,
}) => {
  const { file, setPolicy, start } = await site(launch);
  await setPolicy({ platformSigner: { kind: 'stored', kid: 'k' } });
  const { page } = await start();
  await expect(page.getByText('Sign-in is not possible')).toBeVisible();
  await expect(
    page.getByText(
      `The policy's platformSigner (in ${file}) is not right: platform.signer.name: is missing.`,
    ),
  ).toBeVisible();
  await expect(page.getByText('environment.json')).toHaveCount(0);
});
