/** The programs that the tests start: the commands of the viewer without its window, and what writes beside a test. */
import { appendFileSync } from 'node:fs';

const [name, ...words] = process.argv.slice(2);
switch (name) {
  case 'write-arguments':
    appendFileSync(words[0] ?? '', `${JSON.stringify(words.slice(1))}\n`);
    break;
  default:
    throw new Error(`There is no program ${name}.`);
}
