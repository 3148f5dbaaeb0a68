import type { Terminal } from '../audit/standard-output.ts';

/** For tests: what a command has written on its terminal so far. */
export function createTestTerminal() {
  const written = { out: '', error: '' };
  const terminal: Terminal = {
    out(text) {
      written.out += text;
    },
    error(text) {
      written.error += text;
    },
  };
  return { terminal, written };
}
