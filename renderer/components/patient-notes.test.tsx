import { expect, test } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { PatientNotes } from './patient-notes.tsx';

test('H13: the caution about a restricted record is the strongest of the notes', () => {
  const { html } = drawn(
    <PatientNotes
      notes={[
        { kind: 'restricted', sentence: 'This record is restricted.' },
        { kind: 'incomplete', sentence: 'PDS has no gender.' },
      ]}
    />,
  );
  expect(html).toContain('<strong>This record is restricted.</strong>');
  expect(html).not.toContain('<strong>PDS has no gender.</strong>');
});
