/** `npm run screens`: a picture of every screen in docs/screens, taken on an invisible display against the simulator. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { prepareRunDirectory } from '../../e2e/driver/run-directory.ts';
import { endApp } from '../end-app.ts';
import { playFurtherScenes, playSiteScenes } from '../screens/further-scenes.ts';
import { openPictureFolder } from '../screens/picture-folder.ts';
import { runTask } from '../terminal/run-task.ts';
import { heading, say } from '../terminal/say.ts';
import { handOn } from '../tour/hand.ts';
import { launchViewer } from '../tour/launch-viewer.ts';
import { playMainJob } from '../tour/main-job.ts';
import { meetSimulation, type Simulation } from '../tour/synthetic-people.ts';
import { root } from '../verification/tools.ts';
import { setStage } from '../viewer-with-simulator.ts';

const folder = path.join(root, 'docs', 'screens');

await runTask(async (task) => {
  const { runtime, app, simulator } = await setStage(task, 'invisible window');
  heading('The pictures');
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  const workplace = await prepareRunDirectory(runtime.executable, app);
  task.onEnd(workplace.remove);
  const simulation = await meetSimulation(simulator.control);
  const album = await openPictureFolder(folder);

  const open = async (profile: string, environmentFile: string, link?: string) => {
    const viewer = await launchViewer(workplace, {
      environmentFile: await workplace.copyForUser(environmentFile),
      profile,
      ...(link === undefined ? {} : { link }),
      displayEnv: display.env,
    });
    task.onEnd(() => endApp(viewer));
    return handOn(viewer);
  };

  const hand = await open('screens', simulator.environmentFile);
  await playMainJob(hand, simulation, album);
  await playFurtherScenes(hand, simulation, album);
  const ofSite = await open(
    'screens-of-a-site',
    await siteEnvironment(simulator.environmentFile),
    linkTo(simulation, 'child-protection'),
  );
  await playSiteScenes(ofSite, simulation, album);

  await album.bind('Taken by `npm run screens` against the simulator: every person in them is synthetic.');
  say(`\nThe pictures are in ${path.relative(process.cwd(), folder)}.`);
});

function linkTo(simulation: Simulation, patient: string): string {
  const { birthDate } = simulation.person(patient);
  const nhsNumber = `https://fhir.nhs.uk/Id/nhs-number|${simulation.nhsNumber(patient)}`;
  return `cpis-viewer:launch?patient=${encodeURIComponent(nhsNumber)}&birthdate=${birthDate}`;
}

/** The simulator's environment as a site may set it: its own role picker, and one care setting. */
async function siteEnvironment(file: string): Promise<string> {
  const environment = JSON.parse(await readFile(file, 'utf8'));
  const changed = {
    ...environment,
    careSetting: 'unscheduled',
    cis2: { ...environment.cis2, rolePicker: true },
    cpis: { ...environment.cpis, sendRoleHeader: true },
  };
  const copy = path.join(path.dirname(file), 'environment-of-a-site.json');
  await writeFile(copy, JSON.stringify(changed), { mode: 0o600 });
  return copy;
}
