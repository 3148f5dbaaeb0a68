/** The second way: name, date of birth and gender, for a patient whose number is not known. */
import { TextInput } from 'nhsuk-react-components';
import { type ReactNode, useRef, useState } from 'react';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import type { Reply, Request } from '../../../shared/contract.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import type { FieldError } from '../../components/error-summary.tsx';
import { FieldGroup } from '../../components/field-group.tsx';
import { Radio } from '../../components/radio.tsx';
import { DateOfBirthField } from './date-of-birth-field.tsx';
import type { Problem } from './find-patient.tsx';
import { Matches } from './matches.tsx';
import { readDateOfBirth, type TypedDate } from './typed-date.ts';

type Demographics = Request<'patient.search'>;
type Gender = Demographics['gender'];

const genders: readonly (readonly [Gender, string])[] = [
  ['female', 'Female'],
  ['male', 'Male'],
  ['other', 'Other'],
  ['unknown', 'Not known'],
];

interface Props {
  readonly tracing: boolean;
  readonly onChoose: (nhsNumber: string) => void;
  readonly report: (problem: Problem | undefined) => void;
}

export function SearchForm({ tracing, onChoose, report }: Props): ReactNode {
  const [familyName, setFamilyName] = useState('');
  const [givenName, setGivenName] = useState('');
  const [born, setBorn] = useState<TypedDate>({ day: '', month: '', year: '' });
  const [gender, setGender] = useState<Gender>();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [searching, setSearching] = useState(false);
  const [matches, setMatches] = useState<readonly PatientMatch[]>([]);
  /** Rises with each search and each change: matches of earlier details are dropped (H3). */
  const wanted = useRef(0);
  const announce = useAnnounce();

  const change = <Value,>(set: (value: Value) => void) => {
    return (value: Value): void => {
      set(value);
      wanted.current += 1;
      setSearching(false);
      setMatches([]);
    };
  };

  const errorOf = (...fieldIds: readonly string[]): FieldError | undefined =>
    errors.find(({ fieldId }) => fieldIds.includes(fieldId));

  const submit = (): void => {
    const dateOfBirth = readDateOfBirth(born, new Date());
    const wrong: FieldError[] = [];
    if (familyName.trim() === '') wrong.push({ fieldId: 'family-name', message: 'Enter a family name' });
    if (dateOfBirth.kind === 'invalid') {
      wrong.push({ fieldId: `born-${dateOfBirth.part}`, message: dateOfBirth.message });
    }
    if (gender === undefined) wrong.push({ fieldId: 'gender-female', message: 'Choose a gender' });
    setErrors(wrong);
    setMatches([]);
    if (dateOfBirth.kind === 'invalid' || gender === undefined || wrong.length > 0) {
      report({ errors: wrong, fault: undefined });
      return;
    }
    void search({
      familyName: familyName.trim(),
      givenName: givenName.trim(),
      dateOfBirth: dateOfBirth.iso,
      gender,
    });
  };

  const search = async (demographics: Demographics): Promise<void> => {
    wanted.current += 1;
    const own = wanted.current;
    report(undefined);
    setSearching(true);
    announce('Searching');
    const reply = await ask('patient.search', demographics);
    if (wanted.current !== own) return;
    setSearching(false);
    show(reply);
  };

  const show = (reply: Reply<'patient.search'>): void => {
    if (!reply.ok) {
      report({ errors: [], fault: reply.fault });
      return;
    }
    switch (reply.value.kind) {
      case 'matches':
        setMatches(reply.value.matches);
        return;
      case 'none':
      case 'could-not-search':
        report({ errors: [], fault: reply.value.fault });
        return;
      case 'too-many': {
        const message = 'Too many patients match. Add the given name, or use the NHS number';
        report({ errors: [{ fieldId: 'given-name', message }], fault: undefined });
        return;
      }
    }
  };

  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!searching && !tracing) submit();
        }}
      >
        <div className="field-row">
          <TextInput
            id="family-name"
            name="family-name"
            label="Family name"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            error={errorOf('family-name')?.message ?? ''}
            value={familyName}
            onChange={(event) => change(setFamilyName)(event.target.value)}
          />
          <TextInput
            id="given-name"
            name="given-name"
            label="Given name (if known)"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={givenName}
            onChange={(event) => change(setGivenName)(event.target.value)}
          />
        </div>
        <div className="field-row">
          <DateOfBirthField
            typed={born}
            error={errorOf('born-day', 'born-month', 'born-year')}
            onChange={change(setBorn)}
          />
          <FieldGroup id="gender" legend="Gender" error={errorOf('gender-female')?.message}>
            <div className="nhsuk-radios nhsuk-radios--small nhsuk-radios--inline">
              {genders.map(([value, label]) => (
                <Radio
                  key={value}
                  id={`gender-${value}`}
                  name="gender"
                  label={label}
                  checked={gender === value}
                  onChoose={() => change(setGender)(value)}
                />
              ))}
            </div>
          </FieldGroup>
        </div>
        <Button type="submit" kind="secondary" busy={searching}>
          Search
        </Button>
        {searching && <span className="busy">Searching…</span>}
      </form>
      {matches.length > 0 && <Matches matches={matches} busy={tracing} onChoose={onChoose} />}
    </>
  );
}
