/** `npm run tour`: the main job played once, out of sight, with a picture of each screen in out/tour. */
import { runTask } from '../terminal/run-task.ts';
import { playTour } from '../tour/play-tour.ts';
import { setStage } from '../viewer-with-simulator.ts';

await runTask(async (task) => {
  const { runtime, app, simulator } = await setStage(task, 'invisible window');
  await playTour(task, runtime, app, simulator);
});
