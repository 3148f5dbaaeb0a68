/** `npm run policy`: writes what is made from the table of policies in `shared/policy.ts`, and the page of supported systems. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { policyDocuments } from '../policy/documents.ts';
import { root } from '../root.ts';
import { supportPage } from '../support/support-page.ts';
import { log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async () => {
  const documents = [...policyDocuments(), { file: 'docs/support.md', text: supportPage() }];
  for (const { file, text } of documents) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
    log(`Wrote ${file}`);
  }
});
