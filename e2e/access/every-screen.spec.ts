/**
 * Every state of every screen: its accessibility tree, one file a state in accessibility-tree/, where a reviewer reads
 * it; and to axe, as it comes, in forced colours, dark, with more contrast and at 400 % zoom, where nothing may be
 * lost.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Simulator } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { accessibilityTree, outlineOf } from './accessibility-tree.ts';
import { axeFindings } from './axe.ts';
import { lostContent, zoomTo } from './layout.ts';
import { type ScreenState, states } from './states.ts';

const treeFile = (state: string) => `${state.toLowerCase().replaceAll(/\W+/g, '-').replace(/-$/, '')}.yml`;

for (const state of states) {
  const title = `${state.name}: read out as reviewed, axe finds nothing, and nothing is lost in large print`;
  if (state.launch === undefined)
    test(title, ({ signedOut, simulator }) => examine(signedOut, simulator, state));
  else test(title, async ({ launch, simulator }) => examine(await launch(state.launch), simulator, state));
}

async function examine(viewer: Viewer, simulator: Simulator, state: ScreenState): Promise<void> {
  const { page } = viewer;
  const { name, document = false, reach } = state;
  await reach(viewer, simulator);
  const tree = await accessibilityTree(page);
  expect.soft(document ? outlineOf(tree) : tree).toMatchSnapshot([treeFile(name)]);
  expect.soft(await axeFindings(page), 'as it comes').toEqual([]);
  expect.soft(await lostContent(page), 'as it comes').toEqual([]);

  await page.emulateMedia({ forcedColors: 'active' });
  expect.soft(await axeFindings(page, 'colours'), 'in forced colours').toEqual([]);
  await page.emulateMedia({ forcedColors: null, colorScheme: 'dark' });
  expect.soft(await axeFindings(page, 'colours'), 'on a dark system').toEqual([]);
  await page.emulateMedia({ contrast: 'more' });
  expect.soft(await axeFindings(page, 'colours'), 'on a dark system with more contrast').toEqual([]);
  await page.emulateMedia({ contrast: null, colorScheme: null });

  await zoomTo(viewer, 4);
  expect.soft(await page.evaluate(() => window.innerWidth)).toBe(320);
  expect.soft(await lostContent(page), 'at 400 %').toEqual([]);
  expect.soft(await axeFindings(page), 'at 400 %').toEqual([]);
  await zoomTo(viewer, 1);
}

test('each file of accessibility-tree/ is that of a state', async () => {
  const files = await readdir(path.join(import.meta.dirname, 'accessibility-tree'));
  expect(files.sort()).toEqual(states.map(({ name }) => treeFile(name)).sort());
});

test('the sign-in pages of the simulator: axe finds nothing', async ({ signedOut: viewer, simulator }) => {
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect.soft(await axeFindings(window)).toEqual([]);
  await window.getByRole('button', { name: simulator.userName('many-roles') }).click();
  await expect(window.getByRole('heading', { name: 'Choose your role' })).toBeVisible();
  expect.soft(await axeFindings(window)).toEqual([]);
});
