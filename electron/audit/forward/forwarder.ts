/**
 * Sends every entry of the trail to the site's log collector, in order. Syslog acknowledges nothing (RFC 5425 says so
 * itself), so an entry counts as forwarded when the connection that carried it was closed by us first and by the collector
 * then; after any other end it is sent again. What waits is in the trail on the disk, and only a batch of it in memory.
 * What has not been forwarded is in the trail alone, where the user's rights can change it: so the entries that matter are
 * sent at once, and the rest before the viewer ends.
 */
import { fileErrorCode } from '../../files/read-file.ts';
import { within } from '../../within.ts';
import { type ChainEnd, chainStart } from '../entry.ts';
import type { Connect, Connection } from './collector.ts';
import { keepForwarded, readForwarded } from './forwarded-so-far.ts';
import { syslogFrame } from './syslog-message.ts';
import { createTrailReader } from './trail-reader.ts';

export interface Forwarder {
  /** There is a new entry. `soon`: it waits a moment for others. */
  wake(urgency: Urgency): void;
  /** Sends what is left and stops; settles when that is done, has failed, or has taken so long. */
  finish(timeoutMs: number): Promise<void>;
  stop(): void;
  state(): ForwarderState;
}

export type Urgency = 'soon' | 'at-once';

export interface ForwarderState {
  /** The last entry that has certainly arrived. */
  readonly forwarded: number;
  /** Since when nothing arrives, and why: the name of a network error. */
  readonly failure: string | undefined;
}

export interface ForwarderDependencies {
  readonly folder: string;
  readonly workstation: string;
  readonly connect: Connect;
  /** Told once when it begins to fail, not at each attempt. */
  readonly onFailure: (reason: string) => void;
  readonly limits?: Partial<typeof usualLimits>;
}

/** Times in milliseconds. */
const usualLimits = {
  /** Entries come in twos and threes: one connection carries them all. */
  gather: 2_000,
  firstRetry: 5_000,
  longestRetry: 300_000,
  /** So many entries go on one connection, and are in memory at once. */
  batch: 200,
};

export function startForwarder(dependencies: ForwarderDependencies): Forwarder {
  const { folder, workstation, connect, onFailure } = dependencies;
  const limits = { ...usualLimits, ...dependencies.limits };
  const reader = createTrailReader(folder);
  let forwarded: ChainEnd = readForwarded(folder) ?? chainStart;
  let failure: string | undefined;
  let retryAfter = limits.firstRetry;
  let connection: Connection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: 'idle' | 'waiting' | 'sending' | 'finishing' | 'stopped' = 'idle';
  /** What has come since the last look at the trail. */
  let news: Urgency | undefined = 'soon';
  let sending: Promise<void> = Promise.resolve();

  function schedule(after: number): void {
    clearTimeout(timer);
    state = 'waiting';
    timer = setTimeout(() => {
      state = 'sending';
      sending = send();
    }, after);
    timer.unref?.();
  }

  const delayOf = (urgency: Urgency) => (urgency === 'at-once' ? 0 : limits.gather);

  async function send(): Promise<void> {
    news = undefined;
    try {
      while (await sendBatch()) {
        // until there is no more
      }
      failure = undefined;
      retryAfter = limits.firstRetry;
      rest();
    } catch (error) {
      connection?.destroy();
      const reason = reasonOf(error);
      if (failure === undefined && !isStopped()) onFailure(reason);
      failure = reason;
      if (isEnding()) return;
      schedule(retryAfter);
      retryAfter = Math.min(retryAfter * 2, limits.longestRetry);
    }
  }

  /** Whether there may be more. */
  async function sendBatch(): Promise<boolean> {
    const entries = reader.entriesBehind(forwarded, limits.batch);
    const last = entries.at(-1);
    if (last === undefined || isStopped()) return false;
    connection = await connect();
    for (const entry of entries) await connection.write(syslogFrame(entry, workstation));
    await connection.close();
    const arrived = { seq: last.seq, hash: last.hash };
    await keepForwarded(folder, arrived);
    forwarded = arrived;
    return entries.length === limits.batch;
  }

  function rest(): void {
    if (isEnding()) return;
    state = 'idle';
    if (news !== undefined) schedule(delayOf(news));
  }

  function isEnding(): boolean {
    return isStopped() || state === 'finishing';
  }

  /** A stop can come in between: the compiler takes what it saw last for what is. */
  function isStopped(): boolean {
    return (state as string) === 'stopped';
  }

  function stop(): void {
    state = 'stopped';
    clearTimeout(timer);
    connection?.destroy();
  }

  rest();

  return {
    wake(urgency) {
      if (news !== 'at-once') news = urgency;
      if (state === 'idle' || (state === 'waiting' && urgency === 'at-once')) schedule(delayOf(urgency));
    },
    async finish(timeoutMs) {
      if (isStopped()) return;
      clearTimeout(timer);
      state = 'finishing';
      await within(timeoutMs, sending.then(send));
      stop();
    },
    stop,
    state: () => ({ forwarded: forwarded.seq, failure }),
  };
}

function reasonOf(error: unknown): string {
  return fileErrorCode(error) ?? (error instanceof Error ? error.message.slice(0, 60) : 'unknown');
}
