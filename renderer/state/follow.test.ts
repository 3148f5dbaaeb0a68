import { expect, test } from 'vitest';
import { follow } from './follow.ts';

function start() {
  const shown: unknown[] = [];
  let answer: (value: string) => void = () => undefined;
  const reply = new Promise<{ ok: true; value: string }>((resolve) => {
    answer = (value) => resolve({ ok: true, value });
  });
  let tell: (value: string) => void = () => undefined;
  const stop = follow(
    () => reply,
    (listener: (value: string) => void) => {
      tell = listener;
      return () => 'stopped';
    },
    (state) => shown.push(state.ok ? state.value : state.fault),
  );
  return {
    shown,
    stop,
    tell: (value: string) => tell(value),
    answer: (value: string) => answer(value),
  };
}

test('the reply is shown, and then each change', async () => {
  const { shown, tell, answer } = start();
  answer('read');
  await Promise.resolve();
  tell('changed');
  tell('changed again');
  expect(shown).toEqual(['read', 'changed', 'changed again']);
});

test('H10: a reply that a change has overtaken is not shown', async () => {
  const { shown, tell, answer } = start();
  tell('changed');
  answer('read before');
  await Promise.resolve();
  expect(shown).toEqual(['changed']);
});
