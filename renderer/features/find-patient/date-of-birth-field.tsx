import { DateInput } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { FieldError } from '../../components/error-summary.tsx';
import { fieldError } from '../../components/field-error.ts';
import type { DatePart, TypedDate } from './typed-date.ts';

const fields: readonly (readonly [DatePart, typeof DateInput.Day])[] = [
  ['day', DateInput.Day],
  ['month', DateInput.Month],
  ['year', DateInput.Year],
];

interface Props {
  /** Begins the ids of the three fields. */
  readonly id: string;
  readonly legend: string;
  readonly typed: TypedDate;
  /** Those of the whole form. */
  readonly errors: readonly FieldError[];
  readonly onChange: (typed: TypedDate) => void;
}

/** The NHS.UK date input for a date of birth. */
export function DateOfBirthField({ id, legend, typed, errors, onChange }: Props): ReactNode {
  const error = errors.find(({ fieldId }) => fields.some(([part]) => fieldId === `${id}-${part}`));
  return (
    <DateInput id={id} legend={legend} error={error?.message ?? ''}>
      {fields.map(([part, Field]) => (
        <Field
          key={part}
          {...fieldError(error?.fieldId === `${id}-${part}` ? error.message : undefined)}
          autoComplete="off"
          maxLength={4}
          value={typed[part]}
          onChange={(event) => {
            // The library keeps a date of its own, which may be that of an earlier search (H3): it is not told.
            event.stopPropagation();
            onChange({ ...typed, [part]: event.target.value });
          }}
        />
      ))}
    </DateInput>
  );
}
