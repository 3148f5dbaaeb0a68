import { expect, test } from 'vitest';
import { calendarOf } from './calendar.ts';
import { createPatients } from './patients.ts';

const patients = createPatients(calendarOf(new Date('2026-08-31T12:00:00Z')));

test('every number is synthetic and used once, every key too', () => {
  expect(patients.length).toBeGreaterThanOrEqual(16);
  expect(new Set(patients.map(({ key }) => key)).size).toBe(patients.length);
  expect(new Set(patients.map(({ nhsNumber }) => nhsNumber)).size).toBe(patients.length);
  for (const { nhsNumber } of patients) expect(nhsNumber).toMatch(/^999/);
});

test('dates move with today, and a month that is too short ends on its last day', () => {
  const calendar = calendarOf(new Date('2026-08-31T12:00:00Z'));
  expect(calendar.date({ months: 1 })).toBe('2026-09-30');
  expect(calendar.date({ years: -1 })).toBe('2025-08-31');
  expect(calendar.date({ days: 1 })).toBe('2026-09-01');
});

test('today is that of the United Kingdom', () => {
  expect(calendarOf(new Date('2026-06-30T23:30:00Z')).date({})).toBe('2026-07-01');
});
