import { useId } from 'preact/hooks';
import type { MeChange } from '../../shared/api/types';
import { NumberField } from '../components/fields';
import { language, meTexts } from '../texts';
import { countryNames } from './countries';

const earliestBirth = 1900;
const mostCrampsPerWeek = 350;

interface ProfileFieldsProps {
  known: Pick<MeChange, 'birth_year' | 'country' | 'usual_cramps_per_week'>;
  countryHint: string;
  usual: string;
  usualHint?: string;
  onChange: (change: MeChange) => void;
  onValidity: (field: string, valid: boolean) => void;
}

/** Year of birth, country and the usual number of cramps. */
export function ProfileFields({ known, countryHint, usual, usualHint, onChange, onValidity }: ProfileFieldsProps) {
  const t = meTexts.value.me;
  const id = useId();
  return (
    <>
      <NumberField
        label={t.birthYear}
        whole
        value={known.birth_year ?? null}
        low={earliestBirth}
        high={new Date().getFullYear()}
        onChange={(birth_year) => onChange({ birth_year })}
        onValidity={onValidity}
      />
      <div class="field">
        <label for={id}>{t.country}</label>
        <p class="hint" id={`${id}-hint`}>{countryHint}</p>
        <select
          id={id}
          aria-describedby={`${id}-hint`}
          value={known.country ?? ''}
          onChange={(event) => onChange({ country: event.currentTarget.value || null })}
        >
          <option value="">{t.noCountry}</option>
          {countryNames(language.value).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
      </div>
      <NumberField
        label={usual}
        hint={usualHint}
        value={known.usual_cramps_per_week ?? null}
        low={0}
        high={mostCrampsPerWeek}
        onChange={(usual_cramps_per_week) => onChange({ usual_cramps_per_week })}
        onValidity={onValidity}
      />
    </>
  );
}
