import { type ClinicListProgress, type ClinicListView, isLeft } from '../../../shared/clinic-list.ts';

/** What a clinic list does now, in one sentence. */
export function progressWords({ progress, rows }: ClinicListView): string {
  return `${rows.filter((row) => !isLeft(row)).length} of ${rows.length} done. ${now(progress)}`;
}

function now(progress: ClinicListProgress): string {
  switch (progress.kind) {
    case 'running':
      return `${timeLeft(progress.leftMs)} left.`;
    case 'paused':
      return 'Paused.';
    case 'held':
      return `The service is too busy to answer. The list goes on at ${progress.until}.`;
    case 'stopped':
      return 'Stopped.';
    case 'finished':
      return 'Finished.';
  }
}

function timeLeft(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  const minutes = Math.round(seconds / 60);
  if (seconds <= 90) return seconds === 1 ? 'About 1 second' : `About ${seconds} seconds`;
  return `About ${minutes} minutes`;
}
