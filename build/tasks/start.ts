/**
 * `npm start`: builds the viewer and opens it against the simulator, until its window is closed. Without a display it
 * plays the tour instead, so that there is something to see all the same.
 */
import { hasDisplay } from '../../e2e/driver/display.ts';
import { openWindow } from '../open-window.ts';
import { runTask } from '../terminal/run-task.ts';
import { say } from '../terminal/say.ts';
import { playTour } from '../tour/play-tour.ts';
import { setStage } from '../viewer-with-simulator.ts';

await runTask(async (task) => {
  const seen = hasDisplay();
  const { runtime, app, simulator } = await setStage(task, seen ? 'window' : 'invisible window');
  if (seen) {
    say('', ...simulator.introduction);
    await openWindow(task, runtime, app, simulator.environmentFile);
  } else {
    say('There is no display here: the viewer is played out of sight, with a picture of each screen.');
    await playTour(task, runtime, app, simulator);
  }
});
