/** `npm run policy`: writes everything that is made from the table of policies in `shared/policy.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { policyDocuments, root } from '../policy/documents.ts';
import { log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async () => {
  for (const { file, text } of policyDocuments()) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
    log(`Wrote ${file}`);
  }
});
