/** `npm run soak [-- --minutes 10 --lookups 500 --faults]`: a long day of lookups; see e2e/perf/soak.ts. */
import { measure } from '../measure.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask((task) => measure(task, 'soak'));
