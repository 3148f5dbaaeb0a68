import { fileErrorCode } from '../../files/read-file.ts';
import { within } from '../../within.ts';
import { type ChainEnd, chainStart } from '../entry.ts';
import type { Connect, Connection } from './collector.ts';
import { keepForwarded, readForwarded } from './forwarded-so-far.ts';
import { syslogFrame } from './syslog-message.ts';
import { createTrailReader } from './trail-reader.ts';

export interface Forwarder {
  /** To be called for a new entry. `soon`: the entry waits a moment for others. */
  wake(urgency: Urgency): void;
  /** Sends the remaining entries and stops; settles when that is done, has failed, or the time is up. */
  finish(timeoutMs: number): Promise<void>;
  stop(): void;
  state(): ForwarderState;
}

export type Urgency = 'soon' | 'at-once';

export interface ForwarderState {
  readonly forwarded: number;
  /** The code of the network error, while forwarding fails. */
  readonly failure: string | undefined;
}

export interface ForwarderDependencies {
  readonly folder: string;
  readonly workstation: string;
  readonly connect: Connect;
  /** Called once when forwarding begins to fail, not at each attempt. */
  readonly onFailure: (reason: string) => void;
  readonly limits?: Partial<typeof usualLimits>;
}

const usualLimits = {
  /** Entries come in twos and threes, and one connection carries them all. */
  gatherMs: 2_000,
  firstRetryMs: 5_000,
  longestRetryMs: 300_000,
  /** The most entries on one connection, and in memory at once. */
  batch: 200,
};

/**
 * Sends every entry of the trail to the site's log collector, in order. Syslog acknowledges nothing (RFC 5425 says so
 * itself), so an entry counts as forwarded when the viewer closed its connection first and the collector closed it in
 * answer; after any other end the entry is sent again. Waiting entries are in the trail on the disk, and only one batch is
 * in memory. An entry that has not been forwarded exists only in the trail, which the user's account can change: so the
 * entries that matter are sent at once, and the rest before the viewer ends.
 */
export function startForwarder(dependencies: ForwarderDependencies): Forwarder {
  const { folder, workstation, connect, onFailure } = dependencies;
  const limits = { ...usualLimits, ...dependencies.limits };
  const reader = createTrailReader(folder);
  let forwarded: ChainEnd = readForwarded(folder) ?? chainStart;
  let failure: string | undefined;
  let retryAfterMs = limits.firstRetryMs;
  let connection: Connection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: 'idle' | 'waiting' | 'sending' | 'finishing' | 'stopped' = 'idle';
  let newEntries: Urgency | undefined = 'soon';
  let sending: Promise<void> = Promise.resolve();

  function schedule(afterMs: number): void {
    clearTimeout(timer);
    state = 'waiting';
    timer = setTimeout(() => {
      state = 'sending';
      sending = send();
    }, afterMs);
    timer.unref?.();
  }

  const delayMsOf = (urgency: Urgency) => (urgency === 'at-once' ? 0 : limits.gatherMs);

  async function send(): Promise<void> {
    newEntries = undefined;
    try {
      while (await sendBatch()) {
        // until the trail has no further entry
      }
      failure = undefined;
      retryAfterMs = limits.firstRetryMs;
      rest();
    } catch (error) {
      connection?.destroy();
      const reason = reasonOf(error);
      if (failure === undefined && !isStopped()) onFailure(reason);
      failure = reason;
      if (isEnding()) return;
      schedule(retryAfterMs);
      retryAfterMs = Math.min(retryAfterMs * 2, limits.longestRetryMs);
    }
  }

  /** Sends one batch. Resolves with whether the trail may have further entries. */
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
    if (newEntries !== undefined) schedule(delayMsOf(newEntries));
  }

  function isEnding(): boolean {
    return isStopped() || state === 'finishing';
  }

  /** `stop` may run between two awaits; the cast undoes the narrowing of the compiler. */
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
      if (newEntries !== 'at-once') newEntries = urgency;
      if (state === 'idle' || (state === 'waiting' && urgency === 'at-once')) schedule(delayMsOf(urgency));
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
