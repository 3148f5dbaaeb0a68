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
  readonly typed: TypedDate;
  readonly error: FieldError | undefined;
  readonly onChange: (typed: TypedDate) => void;
}

export function DateOfBirthField({ typed, error, onChange }: Props): ReactNode {
  return (
    <FieldGroup id="born" legend="Date of birth" error={error?.message}>
      <div className="nhsuk-date-input">
        {parts.map(([part, label, width]) => (
          <div className="nhsuk-date-input__item" key={part}>
            <label className="nhsuk-label nhsuk-date-input__label" htmlFor={`born-${part}`}>
              {label}
            </label>
            <input
              className={`nhsuk-input nhsuk-date-input__input ${width}${
                error?.fieldId === `born-${part}` ? ' nhsuk-input--error' : ''
              }`}
              id={`born-${part}`}
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
