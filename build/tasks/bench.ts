/**
 * `npm run bench [-- --quick --only start|memory|lookup|waits|clinic-list]`: the viewer beside an empty window and a
 * common template.
 */
import { measure } from '../measure.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask((task) => measure(task, 'bench'));
