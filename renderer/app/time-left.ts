export interface TimeLeft {
  readonly text: string;
  /** True near the end, when the text stands out and the user can sign in again. */
  readonly near: boolean;
  /** The announcement for screen readers; only at a few moments near the end. */
  readonly announcement: string | undefined;
}

const nearMinutes = 30;
const announcedAt = [30, 10, 5, 2, 1];

/** The time left of the session, as text for the header. */
export function describeTimeLeft(timeLeftMs: number): TimeLeft {
  const minutes = Math.max(0, Math.ceil(timeLeftMs / 60_000));
  const near = minutes <= nearMinutes;
  const announcement = announcedAt.includes(minutes)
    ? `Your session ends in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Sign in again now to keep your patient.`
    : undefined;
  return { text: durationText(minutes), near, announcement };
}

function durationText(minutes: number): string {
  if (minutes === 0) return 'ended';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
