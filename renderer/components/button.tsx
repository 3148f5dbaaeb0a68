import { Button as NhsButton } from 'nhsuk-react-components';
import type { ReactNode, RefObject } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly kind?: 'primary' | 'secondary';
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  readonly onClick?: () => void;
  readonly ref?: RefObject<HTMLButtonElement | null>;
}

/** The NHS.UK button, with a busy state: it stays in place and keeps the focus, but does nothing. */
export function Button(props: Props): ReactNode {
  const { children, kind = 'primary', type = 'button', busy = false, disabled = false } = props;
  return (
    <NhsButton
      ref={props.ref}
      type={type}
      secondary={kind === 'secondary'}
      // Not `disabled` while busy: the focus would be lost.
      aria-disabled={busy || undefined}
      disabled={disabled}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else props.onClick?.();
      }}
    >
      {children}
    </NhsButton>
  );
}
