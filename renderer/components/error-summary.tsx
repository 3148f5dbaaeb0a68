/** The NHS.UK error summary: its script gives it the focus when it appears, and leads to each field that needs attention. */
import { ErrorSummary as NhsErrorSummary } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
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
  useEndOfAnnouncement();
  return (
    <NhsErrorSummary>
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
