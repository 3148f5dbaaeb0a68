interface FieldErrorProps {
  readonly error: string;
  readonly 'aria-invalid': boolean;
}

/**
 * Marks a field as wrong for eyes and for a screen reader; `undefined`: it is not. Not for radio buttons, which ARIA does not let
 * be invalid: the error describes their group.
 */
export function fieldError(message: string | undefined): FieldErrorProps {
  return { error: message ?? '', 'aria-invalid': message !== undefined };
}
