export interface Countdown {
  /** Minutes and seconds: `1:59`. */
  readonly text: string;
  /** The announcement for screen readers that is due, until the next one is. */
  readonly announcement: string | undefined;
}

/** Seconds before the lock. A shorter notice begins with the time that it has. */
const moments = [
  [10, '10 seconds'],
  [30, '30 seconds'],
  [60, '1 minute'],
  [120, '2 minutes'],
] as const;

/** The time until the lock, as text, and what is announced at a few moments of it. */
export function describeCountdown(leftMs: number): Countdown {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const due = moments.find(([moment]) => seconds <= moment);
  return { text, announcement: due && `CP-IS Viewer locks in ${due[1]}` };
}
