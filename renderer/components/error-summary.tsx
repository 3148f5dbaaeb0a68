/** The NHS.UK error summary: has the focus when it appears, and leads to each field that needs attention. */
import { ErrorSummary as NhsErrorSummary } from 'nhsuk-react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import { useEndOfAnnouncement } from './announcer.tsx';

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
  useEndOfAnnouncement();
  // Its own script comes later, and would take the focus from the field that the user has gone to: a key would go nowhere.
  // After the effects of this turn, since the heading of a new screen takes the focus in one.
  useEffect(() => queueMicrotask(() => summary.current?.focus()), []);
  return (
    <NhsErrorSummary ref={summary} tabIndex={-1} disableAutoFocus>
      <NhsErrorSummary.Title>There is a problem</NhsErrorSummary.Title>
      {errors.length > 0 && (
        <NhsErrorSummary.List>
          {errors.map(({ fieldId, message }) => (
            <NhsErrorSummary.ListItem key={fieldId} href={`#${fieldId}`}>
              {message}
            </NhsErrorSummary.ListItem>
          ))}
        </NhsErrorSummary.List>
      )}
      {children}
    </NhsErrorSummary>
  );
}
