/** How long the session still lasts, in the words of the header. */

export interface TimeLeft {
  readonly text: string;
  /** Whether the end is near enough to stand out. */
  readonly near: boolean;
  /** What a screen reader hears, at a few moments near the end and at no other time. */
  readonly announcement: string | undefined;
}

const nearMinutes = 10;
const announcedAt = [10, 5, 2, 1];

export function describeTimeLeft(timeLeftMs: number): TimeLeft {
  const minutes = Math.max(0, Math.ceil(timeLeftMs / 60_000));
  const near = minutes <= nearMinutes;
  const announcement = announcedAt.includes(minutes)
    ? `Your session ends in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
    : undefined;
  return { text: words(minutes), near, announcement };
}

function words(minutes: number): string {
  if (minutes === 0) return 'ended';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
