import { DateInput, Textarea, TextInput } from 'nhsuk-react-components';
import { expect, test } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { fieldError } from './field-error.ts';

test.each([
  ['a text field', (error: string | undefined) => <TextInput label="x" {...fieldError(error)} />],
  ['a text of several lines', (error: string | undefined) => <Textarea label="x" {...fieldError(error)} />],
  [
    'a part of a date',
    (error: string | undefined) => (
      <DateInput id="x" legend="x">
        <DateInput.Day {...fieldError(error)} />
      </DateInput>
    ),
  ],
])('a screen reader is told that %s is wrong', (_kind, draw) => {
  expect(drawn(draw('Wrong')).html).toContain('aria-invalid="true"');
  expect(drawn(draw(undefined)).html).toContain('aria-invalid="false"');
});
