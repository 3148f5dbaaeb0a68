import { expect, test } from 'vitest';
import { clockChanges, createLocalClock } from './local-time.ts';

test('the clocks change on the days on which the zone’s offset does', () => {
  const offset = (day: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeZoneName: 'longOffset' })
      .formatToParts(new Date(`${day}T12:00:00Z`))
      .find(({ type }) => type === 'timeZoneName')?.value;
  const days = Array.from({ length: 365 * 12 }, (_each, index) =>
    new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
  );
  const changed = days.filter((day, index) => index > 0 && offset(day) !== offset(days[index - 1] ?? ''));
  expect(clockChanges(days[0] ?? '', days.at(-1) ?? '').map(({ day }) => day)).toEqual(changed);
});

test.each([
  ['2026-03-29T00:59:59Z', '2026-03-29', 0],
  ['2026-03-29T01:00:00Z', '2026-03-29', 2],
  ['2026-10-25T00:59:59Z', '2026-10-25', 1],
  ['2026-10-25T01:00:00Z', '2026-10-25', 1],
  ['2026-10-25T02:00:00Z', '2026-10-25', 2],
  ['2026-07-01T23:00:00Z', '2026-07-02', 0],
])('%s is %s at %d in the UK', (instant, day, hour) => {
  expect(createLocalClock('Europe/London')(Date.parse(instant))).toEqual({ day, hour });
});
