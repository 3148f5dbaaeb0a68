import { TextInput } from 'nhsuk-react-components';
import {
  type ChangeEvent,
  type ClipboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import {
  explainInvalidNhsNumber,
  formatNhsNumberAsTyped,
  type NhsNumber,
  parseNhsNumber,
} from '../../../shared/clinical/nhs-number.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { fieldError } from '../../components/field-error.ts';
import { PastedNumbers } from './pasted-numbers.tsx';
import { readPastedText } from './pasted-text.ts';
import type { Problem } from './problem.ts';
import { replaceFieldText } from './replace-field-text.ts';
import { reformatNhsNumber, type TypedText } from './typed-nhs-number.ts';

const fieldId = 'nhs-number';
/** A longer list is not this patient's letter or banner. */
const mostPastedNumbers = 5;
/** H3 */
const invalidBeside =
  "The text you pasted also has a number of 10 digits that is not a valid NHS number. Make sure that you use the patient's.";

interface Props {
  readonly busy: boolean;
  /** Digits that came from elsewhere, to be in the field. */
  readonly given: { readonly digits: string } | undefined;
  readonly onFind: (nhsNumber: string) => void;
  /** Called when the user changes the text. */
  readonly onChange: () => void;
  readonly report: (problem: Problem | undefined) => void;
}

/**
 * The field "NHS number": groups the digits as they are typed, finds the number in a text that is pasted, and says at once when
 * the check digit fails.
 */
export function NhsNumberForm({ busy, given, onFind, onChange, report }: Props): ReactNode {
  const [typed, setTyped] = useState<TypedText>({ text: '', caret: 0 });
  const [submitted, setSubmitted] = useState<string>();
  /** Several numbers to choose from, or why the pasted text was not taken; until the field changes. */
  const [pasted, setPasted] = useState<readonly NhsNumber[] | string>();
  /** The pasted text has an invalid number beside a valid one; until the field changes. */
  const [isInvalidBeside, setInvalidBeside] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const announce = useAnnounce();
  const parsed = parseNhsNumber(typed.text);

  // The main task of this screen: the user can type a number without the mouse.
  useEffect(() => field.current?.focus(), []);

  useLayoutEffect(() => {
    const input = field.current;
    if (input !== null && input === document.activeElement) input.setSelectionRange(typed.caret, typed.caret);
  }, [typed]);

  const change = (event: ChangeEvent<HTMLInputElement>): void => {
    const { value, selectionStart } = event.target;
    const text = { text: value, caret: selectionStart ?? value.length };
    const { nativeEvent } = event;
    put(
      isComposing(nativeEvent) || isUndo(nativeEvent)
        ? text
        : reformatNhsNumber(text, direction(nativeEvent)),
    );
  };

  const put = (next: TypedText): void => {
    if (field.current !== null) replaceFieldText(field.current, next.text);
    setTyped(next);
    setPasted(undefined);
    setInvalidBeside(false);
    onChange();
    const now = parseNhsNumber(next.text);
    if (now.kind === 'invalid' && now.reason === 'check-digit') announce(explainInvalidNhsNumber(now.reason));
  };

  const putWhole = (digits: string): void => {
    const text = formatNhsNumberAsTyped(digits);
    put({ text, caret: text.length });
  };

  const putGiven = useEffectEvent(({ digits }: NonNullable<Props['given']>): void => {
    field.current?.focus();
    putWhole(digits);
  });

  useEffect(() => {
    if (given !== undefined) putGiven(given);
  }, [given]);

  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const read = readPastedText(event.clipboardData.getData('text/plain'));
    if (read.kind === 'part') return;
    event.preventDefault();
    switch (read.kind) {
      case 'number':
        putWhole(read.digits);
        sayInvalidBeside(read.beside);
        return;
      case 'several': {
        const count = `The text you pasted has ${read.nhsNumbers.length} NHS numbers`;
        announce(count);
        setPasted(read.nhsNumbers.length > mostPastedNumbers ? `${count}: paste one` : read.nhsNumbers);
        sayInvalidBeside(read.beside);
        return;
      }
      case 'none': {
        const message = 'The text you pasted has no valid NHS number';
        announce(message);
        setPasted(message);
        return;
      }
    }
  };

  const sayInvalidBeside = (beside: 'invalid' | 'nothing'): void => {
    setInvalidBeside(beside === 'invalid');
    if (beside === 'invalid') announce(invalidBeside);
  };

  const submit = (): void => {
    setSubmitted(typed.text);
    if (parsed.kind === 'valid') onFind(parsed.nhsNumber);
    else report({ errors: [{ fieldId, message: explainInvalidNhsNumber(parsed.reason) }], fault: undefined });
  };

  const wrongNumber =
    parsed.kind === 'invalid' && (parsed.reason === 'check-digit' || submitted === typed.text)
      ? explainInvalidNhsNumber(parsed.reason)
      : undefined;
  const wrong = typeof pasted === 'string' ? pasted : wrongNumber;

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      <TextInput
        ref={field}
        id={fieldId}
        name={fieldId}
        label="NHS number"
        labelProps={{ className: 'field-label--large' }}
        hint="10 digits, for example 999 000 0018"
        {...fieldError(wrong)}
        className="nhsuk-input--width-10 nhs-number-field"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        value={typed.text}
        onChange={change}
        onPaste={paste}
      />
      {typeof pasted === 'object' && (
        <PastedNumbers
          nhsNumbers={pasted}
          onChoose={(nhsNumber) => {
            field.current?.focus();
            putWhole(nhsNumber);
          }}
        />
      )}
      {isInvalidBeside && (
        <div className="callout">
          <p>{invalidBeside}</p>
        </div>
      )}
      <Button type="submit" busy={busy}>
        Find patient
      </Button>
      {busy && <span className="busy">Finding the patient…</span>}
    </form>
  );
}

function isComposing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing;
}

/** Undo and Redo bring back a text as it was; a new format would end in a step that they never pass. */
function isUndo(event: Event): boolean {
  return event instanceof InputEvent && event.inputType.startsWith('history');
}

function direction(event: Event): 'forwards' | 'other' {
  return event instanceof InputEvent && event.inputType === 'deleteContentForward' ? 'forwards' : 'other';
}
