/** One NHS.UK radio with its hint, a warning, and the reason why it cannot be chosen. */
import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly warning?: string | undefined;
  /** Set: the radio is disabled, and this says why. */
  readonly refused?: string | undefined;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

export function Radio(props: Props): ReactNode {
  const { id, hint, warning, refused } = props;
  const describedBy = [
    hint === undefined ? undefined : `${id}-hint`,
    warning === undefined ? undefined : `${id}-warning`,
    refused === undefined ? undefined : `${id}-refused`,
  ].filter((part) => part !== undefined);
  return (
    <div className="nhsuk-radios__item">
      <input
        className="nhsuk-radios__input"
        type="radio"
        id={id}
        name={props.name}
        checked={props.checked}
        disabled={refused !== undefined}
        aria-describedby={describedBy.length === 0 ? undefined : describedBy.join(' ')}
        onChange={props.onChoose}
      />
      <label className="nhsuk-label nhsuk-radios__label" htmlFor={id}>
        {props.label}
      </label>
      {hint !== undefined && (
        <div className="nhsuk-hint nhsuk-radios__hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {warning !== undefined && (
        <div className="nhsuk-radios__hint radio__warning" id={`${id}-warning`}>
          {warning}
        </div>
      )}
      {refused !== undefined && (
        <div className="nhsuk-radios__hint radio__refused" id={`${id}-refused`}>
          {refused}
        </div>
      )}
    </div>
  );
}
