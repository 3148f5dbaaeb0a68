/** `npm run pictures`: a picture of each screen of the user guide in docs/screens. */
import path from 'node:path';
import { root } from '../root.ts';
import { takePictures } from '../take-pictures.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask((task) => takePictures(task, path.join(root, 'docs', 'screens'), 'all'));
