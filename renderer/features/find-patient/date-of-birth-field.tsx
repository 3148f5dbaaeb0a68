/** The NHS.UK date input for a date of birth. */
import type { ReactNode } from 'react';
import type { FieldError } from '../../components/error-summary.tsx';
import { FieldGroup } from '../../components/field-group.tsx';
import type { DatePart, TypedDate } from './typed-date.ts';

const parts: readonly (readonly [DatePart, string, string])[] = [
  ['day', 'Day', 'nhsuk-input--width-2'],
  ['month', 'Month', 'nhsuk-input--width-2'],
  ['year', 'Year', 'nhsuk-input--width-4'],
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

export function DateOfBirthField({ id, legend, typed, errors, onChange }: Props): ReactNode {
  const error = errors.find(({ fieldId }) => parts.some(([part]) => fieldId === `${id}-${part}`));
  return (
    <FieldGroup id={id} legend={legend} error={error?.message}>
      <div className="nhsuk-date-input">
        {parts.map(([part, label, width]) => (
          <div className="nhsuk-date-input__item" key={part}>
            <label className="nhsuk-label nhsuk-date-input__label" htmlFor={`${id}-${part}`}>
              {label}
            </label>
            <input
              className={`nhsuk-input nhsuk-date-input__input ${width}${
                error?.fieldId === `${id}-${part}` ? ' nhsuk-input--error' : ''
              }`}
              id={`${id}-${part}`}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              value={typed[part]}
              onChange={(event) => onChange({ ...typed, [part]: event.target.value })}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}
