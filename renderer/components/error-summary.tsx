/** The NHS.UK error summary: takes the focus when it appears, and leads to each field that needs attention. */
import { type ReactNode, useEffect, useRef } from 'react';

export interface FieldError {
  readonly fieldId: string;
  readonly message: string;
}

interface Props {
  readonly errors?: readonly FieldError[];
  readonly children?: ReactNode;
}

/** Give it a new `key` for each attempt, so that the focus moves to it again. */
export function ErrorSummary({ errors = [], children }: Props): ReactNode {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), []);
  return (
    <div className="nhsuk-error-summary" ref={summary} tabIndex={-1}>
      <div role="alert">
        <h2 className="nhsuk-error-summary__title">There is a problem</h2>
        <div className="nhsuk-error-summary__body">
          {errors.length > 0 && (
            <ul className="nhsuk-list nhsuk-error-summary__list">
              {errors.map(({ fieldId, message }) => (
                <li key={fieldId}>
                  <a
                    href={`#${fieldId}`}
                    onClick={(event) => {
                      event.preventDefault();
                      document.getElementById(fieldId)?.focus();
                    }}
                  >
                    {message}
                  </a>
                </li>
              ))}
            </ul>
          )}
          {children}
        </div>
      </div>
    </div>
  );
}
