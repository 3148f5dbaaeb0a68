import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import {
  type Challenge,
  createProxyLogin,
  type ProxyLoginReply,
  readProxyCredentials,
} from './proxy-login.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = temporaryFolder();
  file = path.join(folder, 'log-in');
  await writeFile(file, 'user\npassword\n');
});

const challenge: Challenge = { isProxy: true, scheme: 'basic', host: 'proxy.example', port: 8080 };
const create = (proxy = 'proxy.example:8080') => createProxyLogin({ proxy, file });
const ask = (more: Partial<Challenge> = {}, logIn = create()) =>
  logIn.begin().answer({ ...challenge, ...more });
/** A log-in that has been given to the first request. */
async function givenOnce(logIn = create()) {
  const first = logIn.begin();
  expect(await first.answer(challenge)).toEqual(given('user', 'password'));
  return { logIn, first };
}
/** A log-in that has passed once. */
async function passed() {
  const { logIn, first } = await givenOnce();
  first.end(true);
  return logIn;
}
/** Three requests that are challenged while others are under way. */
const askThree = (logIn: ReturnType<typeof create>) => [1, 2, 3].map(() => logIn.begin().answer(challenge));
const given = (user: string, password: string): ProxyLoginReply => ({
  kind: 'given',
  logIn: { user, password },
});
const withheld = (problem: string) => ({ kind: 'withheld', problem });
/** Challenges that came before have read the file by the time that it has been read so often. */
async function untilFileIsRead(): Promise<void> {
  for (let read = 0; read < 10; read += 1) await readProxyCredentials(file);
}

describe('a challenge that is answered', () => {
  test.each(['basic', 'digest', 'ntlm', 'Basic'])('the named proxy’s, with %s', async (scheme) => {
    expect(await ask({ scheme })).toEqual(given('user', 'password'));
  });

  test.each<[string, Partial<Challenge>]>([
    ['of a service', { isProxy: false }],
    ['of a proxy on another host', { host: 'wpad.example' }],
    ['of a host that begins as the proxy does', { host: 'proxy.example.attacker.example' }],
    ['of a proxy on another port', { port: 808 }],
    ['with a scheme that takes no password', { scheme: 'negotiate' }],
  ])('not one %s', async (_case, more) => {
    expect(await ask(more)).toEqual(withheld('not-set'));
  });

  test('not any, where no log-in is set', async () => {
    expect(await ask({}, createProxyLogin(undefined))).toEqual(withheld('not-set'));
  });

  test.each([
    ['Proxy.EXAMPLE:8080', { host: 'proxy.example' }],
    ['[::1]:8080', { host: '::1' }],
    ['[::1]:8080', { host: '[::1]' }],
  ])('%s is the proxy %j, however it is written', async (proxy, more) => {
    expect(await ask(more, create(proxy))).toEqual(given('user', 'password'));
  });
});

describe('the file', () => {
  test.each([
    ['domain\\user\r\npass word \r\n', 'domain\\user', 'pass word'],
    ['\uFEFFuser\npass:word', 'user', 'pass:word'],
    ['user\npassword\n\n', 'user', 'password'],
  ])('%j holds a log-in', async (text, user, password) => {
    await writeFile(file, text);
    expect(await ask()).toEqual(given(user, password));
  });

  test.each(['', 'user', 'user\n', '\npassword', 'user\npassword\nanother'])(
    '%j holds none',
    async (text) => {
      await writeFile(file, text);
      expect(await ask()).toEqual(withheld('not-readable'));
    },
  );

  test('may be away', async () => {
    await rm(file);
    expect(await ask()).toEqual(withheld('not-readable'));
  });
});

describe('a log-in that is refused', () => {
  test('is not tried again by any request until the file has changed', async () => {
    const { logIn, first } = await givenOnce();
    expect(await first.answer(challenge)).toEqual(withheld('refused'));
    first.end(false);
    expect(await logIn.begin().answer(challenge)).toEqual(withheld('refused'));
    expect(logIn.standing()).toBe('refused');
    await writeFile(file, 'user\nrenewed\n');
    expect(await logIn.begin().answer(challenge)).toEqual(given('user', 'renewed'));
  });

  test('H4: is not followed by another for the same request, however new', async () => {
    const attempt = create().begin();
    await attempt.answer(challenge);
    await writeFile(file, 'user\nrenewed\n');
    expect(await attempt.answer(challenge)).toEqual(withheld('refused'));
  });

  test('is tried once, however many requests start together', async () => {
    const { logIn, first } = await givenOnce();
    const others = askThree(logIn);
    await untilFileIsRead();
    await first.answer(challenge);
    first.end(false);
    expect(await Promise.all(others)).toEqual(Array(3).fill(withheld('refused')));
  });

  test('was right yesterday: a second challenge counts all the same', async () => {
    const { logIn, first: today } = await givenOnce(await passed());
    expect(await today.answer(challenge)).toEqual(withheld('refused'));
    today.end(false);
    expect(await logIn.begin().answer(challenge)).toEqual(withheld('refused'));
  });
});

test('a log-in that passed, and that the proxy refuses from now on, is given to one of the requests under way', async () => {
  const { logIn, first: today } = await givenOnce(await passed());
  const others = askThree(logIn);
  await untilFileIsRead();
  expect(await today.answer(challenge)).toEqual(withheld('refused'));
  today.end(false);
  expect(await Promise.all(others)).toEqual(Array(3).fill(withheld('refused')));
});

describe('requests that start together', () => {
  test('all go on once the first has passed', async () => {
    const { logIn, first } = await givenOnce();
    const others = askThree(logIn);
    expect(logIn.standing()).toBe('untried');
    first.end(true);
    expect(logIn.standing()).toBe('accepted');
    expect(await Promise.all(others)).toEqual(Array(3).fill(given('user', 'password')));
  });

  test('go on one by one where the first was given up', async () => {
    const { logIn, first } = await givenOnce();
    const others = [1, 2].map(() => {
      const attempt = logIn.begin();
      return { attempt, answer: attempt.answer(challenge) };
    });
    first.end(false);
    const next = await Promise.race(others.map(({ attempt, answer }) => answer.then(() => attempt)));
    next.end(false);
    expect(await Promise.all(others.map(({ answer }) => answer))).toEqual(
      [1, 2].map(() => given('user', 'password')),
    );
  });

  test('do not wait for one that was given up before it had its answer', async () => {
    const logIn = create();
    const first = logIn.begin();
    const late = first.answer(challenge);
    first.end(false);
    await late;
    expect(await logIn.begin().answer(challenge)).toEqual(given('user', 'password'));
  });
});
