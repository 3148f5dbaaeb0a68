/** A NHS.UK fieldset: one legend, a hint, an error, and the fields that they are about. */
import type { ReactNode } from 'react';

interface Props {
  /** Names the hint and the error. */
  readonly id: string;
  readonly legend: string;
  readonly large?: boolean;
  readonly hint?: string;
  readonly error: string | undefined;
  readonly children: ReactNode;
}

export function FieldGroup({ id, legend, large = false, hint, error, children }: Props): ReactNode {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error === undefined ? 'nhsuk-form-group' : 'nhsuk-form-group nhsuk-form-group--error'}>
      <fieldset className="nhsuk-fieldset" aria-describedby={described === '' ? undefined : described}>
        <legend
          className={large ? 'nhsuk-fieldset__legend nhsuk-fieldset__legend--m' : 'nhsuk-fieldset__legend'}
        >
          {legend}
        </legend>
        {hint !== undefined && (
          <p className="nhsuk-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {error !== undefined && (
          <p className="nhsuk-error-message" id={`${id}-error`}>
            <span className="nhsuk-u-visually-hidden">Error: </span>
            {error}
          </p>
        )}
        {children}
      </fieldset>
    </div>
  );
}
