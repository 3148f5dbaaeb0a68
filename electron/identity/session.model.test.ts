/**
 * The session against a model: clicks, locks and responses of Care Identity and of the platform, in any order, late
 * responses included. After every step the session is in the state of the model, a token can be used only while its user
 * is signed in, at most one sign-in runs, and no user meets data of a previous user (H14).
 */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { signInTimeLimitMs } from './sign-in-user-agent.ts';
import {
  absoluteLimitMs,
  authenticated,
  createWorld,
  fault,
  issuedTo,
  refused,
  request,
  type Slow,
  type User,
  type World,
} from './testing/session-world.ts';

afterEach(() => vi.useRealTimers());

/** The sign-in or the exchange that the attempt waits for. */
type Waits =
  | { readonly for: 'sign-in'; readonly number: number }
  | { readonly for: 'exchange'; readonly number: number; readonly user: User; readonly role: string };

type State =
  | { readonly kind: 'signed-out' }
  /** `previousUser`: the user who is changing role. */
  | { readonly kind: 'signing-in'; readonly previousUser: User | undefined; readonly waits: Waits }
  | {
      readonly kind: 'choosing-role';
      readonly user: User;
      /** The user at whose lock or change of role this sign-in began. */
      readonly previousUser: User | undefined;
      readonly until: number;
      readonly waits: Waits | undefined;
    }
  | {
      readonly kind: 'signed-in';
      readonly user: User;
      readonly role: string;
      readonly until: number;
      /** The user signs in again before the end. */
      readonly waits: Waits | undefined;
    }
  | { readonly kind: 'locked'; readonly user: User }
  | { readonly kind: 'unlocking'; readonly user: User; readonly waits: Waits };

interface Model {
  state: State;
  /** Renewals of tokens that a further sign-in has replaced: what becomes of them changes nothing. */
  staleRenewals: number;
}

const signedOut: State = { kind: 'signed-out' };
/** The user whose traces are kept, because this user may sign in again and check the same patient again. */
function ownerOf(state: State): User | undefined {
  switch (state.kind) {
    case 'signed-in':
    case 'locked':
    case 'unlocking':
      return state.user;
    case 'choosing-role':
    case 'signing-in':
      return state.previousUser;
    case 'signed-out':
      return undefined;
  }
}

/** The state after an end that the user did not choose. */
function lockedOrSignedOut(state: State): State {
  const user = ownerOf(state);
  return user === undefined ? signedOut : { kind: 'locked', user };
}

const waitsOf = (state: State) => ('waits' in state ? state.waits : undefined);

const settle = () => vi.advanceTimersByTimeAsync(0);

async function check({ state }: Model, world: World): Promise<void> {
  await settle();
  const { session, signIns, exchanges, renewals, sent } = world;
  expect(session.view().state).toBe(state.kind);

  // A token is used only while its user is signed in.
  const sentBefore = sent.length;
  world.next = 200;
  const answer = await request(world);
  if (state.kind === 'signed-in') {
    expect(world.issued.size).toBeGreaterThan(0);
    expect(answer.kind).toBe('answered');
    expect(sent.at(-1)).toMatch(`Bearer ${state.user}`);
    expect(session.actor()?.userId).toBe(state.user);
  } else {
    expect(answer).toMatchObject({ kind: 'failed', fault: 'signed-out', delivered: 'no' });
    expect(sent).toHaveLength(sentBefore);
    expect([session.actor(), session.permissions(), session.role()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  }

  // H4, H14: traces are kept only of the signed-in user, or of the user who locked or whose session ended.
  expect(world.traces).toBe(ownerOf(state));

  // Calls whose result is not awaited are aborted, and no others.
  const waits = waitsOf(state);
  for (const [number, { input, isAnswered }] of signIns.entries()) {
    const isAwaited = waits?.for === 'sign-in' && waits.number === number;
    if (!isAnswered) expect(input.signal.aborted).toBe(!isAwaited);
  }
  for (const [number, { input, isAnswered }] of exchanges.entries()) {
    const isAwaited = waits?.for === 'exchange' && waits.number === number;
    if (!isAnswered) expect(input.signal.aborted).toBe(!isAwaited);
  }
  for (const { input, isAnswered } of renewals) {
    if (!isAnswered && state.kind !== 'signed-in') expect(input.signal.aborted).toBe(true);
  }
}

type Act = (model: Model, world: World) => void | Promise<void>;

class Step implements fc.AsyncCommand<Model, World> {
  readonly name: string;
  readonly act: Act;
  constructor(name: string, act: Act) {
    this.name = name;
    this.act = act;
  }
  check() {
    return true;
  }
  async run(model: Model, world: World) {
    await this.act(model, world);
    await check(model, world);
  }
  toString() {
    return this.name;
  }
}

const signIn = new Step('press "Sign in" or "Unlock"', (model, { session, signIns }) => {
  const waits: Waits = { for: 'sign-in', number: signIns.length };
  void session.signIn();
  const { state } = model;
  if (state.kind === 'signed-out') model.state = { kind: 'signing-in', previousUser: undefined, waits };
  if (state.kind === 'locked') model.state = { kind: 'unlocking', user: state.user, waits };
});

const changeRole = new Step('press "Change role"', (model, { session, signIns }) => {
  const waits: Waits = { for: 'sign-in', number: signIns.length };
  void session.changeRole();
  const { state } = model;
  if (state.kind === 'signed-in') model.state = { kind: 'signing-in', previousUser: state.user, waits };
});

const signInAgain = new Step('press "Sign in again now"', (model, { session, signIns }) => {
  const waits: Waits = { for: 'sign-in', number: signIns.length };
  void session.signInAgain();
  const { state } = model;
  if (state.kind === 'signed-in' && state.waits === undefined) model.state = { ...state, waits };
});

const lock = new Step('lock', (model, { session }) => {
  session.lock();
  model.state = lockedOrSignedOut(model.state);
});

const signOut = new Step('sign out', (model, { session }) => {
  session.signOut();
  model.state = signedOut;
});

/** The index of a call; an index of a call that was answered already has no effect. */
const which = fc.nat(20);
const user = fc.constantFrom<User>('ann', 'ben');

function pick<Input, Answer>(list: readonly Slow<Input, Answer>[], index: number) {
  // Later calls more often than earlier ones.
  const number = Math.max(0, list.length - 1 - Math.floor(index / 7));
  const slow = list[number];
  return slow === undefined || slow.isAnswered ? undefined : { number, slow };
}

/** Another user ends the session; without the same role nothing changes. */
function endsSignInAgain(model: Model, userId: User, offered: readonly string[]): boolean {
  const { state } = model;
  if (state.kind !== 'signed-in') return false;
  if (userId !== state.user) model.state = lockedOrSignedOut(state);
  else if (!offered.includes(state.role)) model.state = { ...state, waits: undefined };
  else return false;
  return true;
}

const knows = (index: number, userId: User) =>
  new Step(`Care Identity knows ${userId} (${index})`, (model, { signIns, exchanges }) => {
    const picked = pick(signIns, index);
    picked?.slow.answer(authenticated(userId, 'selected'));
    const waits = waitsOf(model.state);
    if (waits?.for !== 'sign-in' || waits.number !== picked?.number) return;
    if (endsSignInAgain(model, userId, ['r1'])) return;
    const exchange: Waits = { for: 'exchange', number: exchanges.length, user: userId, role: 'r1' };
    if ('waits' in model.state) model.state = { ...model.state, waits: exchange };
  });

const careIdentityKnows = fc.tuple(which, user).map(([index, userId]) => knows(index, userId));

const letsChoose = (index: number, userId: User) =>
  new Step(
    `Care Identity knows ${userId}, who must choose a role (${index})`,
    (model, { signIns, exchanges }) => {
      const picked = pick(signIns, index);
      picked?.slow.answer(authenticated(userId, 'choose'));
      const waits = waitsOf(model.state);
      if (waits?.for !== 'sign-in' || waits.number !== picked?.number) return;
      if (endsSignInAgain(model, userId, ['r1', 'r2'])) return;
      if (model.state.kind === 'signed-in') {
        const { role } = model.state;
        const exchange: Waits = { for: 'exchange', number: exchanges.length, user: userId, role };
        model.state = { ...model.state, waits: exchange };
        return;
      }
      const until = Date.now() + signInTimeLimitMs;
      const previousUser = ownerOf(model.state);
      model.state = { kind: 'choosing-role', user: userId, previousUser, until, waits: undefined };
    },
  );

const careIdentityLetsChoose = fc.tuple(which, user).map(([index, userId]) => letsChoose(index, userId));

/** A sign-in before the session's end that fails leaves the session as it was. */
function afterFailure(state: State): State {
  return state.kind === 'signed-in' ? { ...state, waits: undefined } : lockedOrSignedOut(state);
}

const careIdentityRefuses = which.map(
  (index) =>
    new Step(`Care Identity refuses (${index})`, (model, { signIns }) => {
      const picked = pick(signIns, index);
      picked?.slow.answer({ kind: 'refused', fault });
      const waits = waitsOf(model.state);
      if (waits?.for === 'sign-in' && waits.number === picked?.number)
        model.state = afterFailure(model.state);
    }),
);

const choose = (id: string) =>
  new Step(`choose role ${id}`, (model, { session, exchanges }) => {
    const number = exchanges.length;
    void session.chooseRole(id);
    const { state } = model;
    if (state.kind !== 'choosing-role' || state.waits !== undefined || id === 'not offered') return;
    model.state = { ...state, waits: { for: 'exchange', number, user: state.user, role: id } };
  });

const chooseRole = fc.constantFrom('r1', 'r2', 'not offered').map(choose);

const platform = (index: number, issues: boolean) =>
  new Step(
    `the platform ${issues ? 'issues' : 'refuses'} tokens (${index})`,
    (model, { exchanges, renewals }) => {
      const picked = pick(exchanges, index);
      if (picked === undefined) return;
      picked.slow.answer(issues ? issuedTo(picked.slow.input.user) : refused);
      const waits = waitsOf(model.state);
      if (waits?.for !== 'exchange' || waits.number !== picked.number) return;
      if (issues && model.state.kind === 'signed-in') model.staleRenewals = renewals.length;
      model.state = issues
        ? {
            kind: 'signed-in',
            user: waits.user,
            role: waits.role,
            until: Date.now() + absoluteLimitMs,
            waits: undefined,
          }
        : afterFailure(model.state);
    },
  );

const platformAnswers = fc.tuple(which, fc.boolean()).map(([index, issues]) => platform(index, issues));

/** The usual sequence, so that unusual events also happen while a user is signed in. */
const signsIn = fc.tuple(user, fc.boolean()).map(
  ([userId, chooses]) =>
    new Step(`${userId} signs in${chooses ? ' and chooses a role' : ''}`, async (model, world) => {
      const knowing = chooses ? [letsChoose(0, userId), choose('r1')] : [knows(0, userId)];
      for (const step of [signIn, ...knowing, platform(0, true)]) await step.run(model, world);
    }),
);

const signsInAgain = user.map(
  (userId) =>
    new Step(`${userId} signs in again before the end`, async (model, world) => {
      for (const step of [signInAgain, knows(0, userId), platform(0, true)]) await step.run(model, world);
    }),
);

const meets401 = new Step('a request meets 401', async (_model, world) => {
  world.next = 401;
  void request(world);
  await settle();
});

const renewalAnswers = fc.tuple(which, fc.boolean()).map(
  ([index, issues]) =>
    new Step(`a renewal ${issues ? 'works' : 'fails'} (${index})`, async (model, { renewals }) => {
      const picked = pick(renewals, index);
      if (picked === undefined) return;
      const { input, answer } = picked.slow;
      const isLate = input.signal.aborted || picked.number < model.staleRenewals;
      answer(issues ? issuedTo(input.user) : refused);
      await settle();
      // A refusal that allows no retry ends the session, if that session is still current.
      if (!issues && !isLate) model.state = lockedOrSignedOut(model.state);
    }),
);

const timePasses = fc.constantFrom(60_000, signInTimeLimitMs, absoluteLimitMs).map(
  (milliseconds) =>
    new Step(`${milliseconds / 60_000} minutes pass`, async (model) => {
      await vi.advanceTimersByTimeAsync(milliseconds);
      if ('until' in model.state && Date.now() >= model.state.until)
        model.state = lockedOrSignedOut(model.state);
    }),
);

test('whatever happens in whatever order, the session is in one well-defined state', async () => {
  vi.useFakeTimers();
  const steps = fc.commands(
    [
      fc.constant(signIn),
      fc.constant(changeRole),
      fc.constant(signInAgain),
      signsInAgain,
      fc.constant(lock),
      fc.constant(lock),
      fc.constant(signOut),
      careIdentityKnows,
      careIdentityKnows,
      careIdentityLetsChoose,
      careIdentityRefuses,
      signsIn,
      signsIn,
      chooseRole,
      platformAnswers,
      platformAnswers,
      fc.constant(meets401),
      renewalAnswers,
      timePasses,
    ],
    { maxCommands: 60, size: 'max' },
  );
  const delivered = new Set<string>();
  const property = fc.asyncProperty(steps, async (commands) => {
    const world = createWorld();
    const model: Model = { state: signedOut, staleRenewals: 0 };
    world.session.onChange(({ state }, before) => delivered.add(`${before.state} → ${state}`));
    await fc.asyncModelRun(() => ({ model, real: world }), commands);
    world.session.signOut();
    // H14: when no call is pending any more, no sign-in has a token left at the services.
    for (const slow of world.signIns) if (!slow.isAnswered) slow.answer({ kind: 'refused', fault });
    for (const slow of world.exchanges) if (!slow.isAnswered) slow.answer(issuedTo(slow.input.user));
    await settle();
    expect([...world.issued]).toEqual([]);
  });
  await fc.assert(property, { numRuns: 300 });
  // A random walk may miss a rare change of state; this fixed seed is known to meet all of them.
  await fc.assert(property, { numRuns: 300, seed: 1 });
  // Every possible change of state was met.
  expect([...delivered].sort()).toEqual([
    'choosing-role → locked',
    'choosing-role → signed-in',
    'choosing-role → signed-out',
    'locked → signed-out',
    'locked → unlocking',
    'signed-in → locked',
    'signed-in → signed-in',
    'signed-in → signed-out',
    'signed-in → signing-in',
    'signed-out → signed-out',
    'signed-out → signing-in',
    'signing-in → choosing-role',
    'signing-in → locked',
    'signing-in → signed-in',
    'signing-in → signed-out',
    'unlocking → choosing-role',
    'unlocking → locked',
    'unlocking → signed-in',
    'unlocking → signed-out',
  ]);
}, 60_000);
