import { useId, useState } from 'preact/hooks';
import { ApiProblem, NoConnection } from '../../shared/api/client';
import type { Me as MeRecord, MeChange } from '../../shared/api/types';
import { NumberField } from '../components/fields';
import { PageTitle } from '../components/page-title';
import { changeProfile, me } from '../session';
import { language, meTexts, texts } from '../texts';
import { BackToMe } from './back';
import { countryNames } from './countries';

const earliestBirth = 1900;

/** Name, year of birth, country and usual number of cramps. */
export function Profile() {
  const t = meTexts.value.me;
  return (
    <>
      <BackToMe />
      <PageTitle text={t.profile} />
      {me.value && <ProfileForm known={me.value} />}
    </>
  );
}

function ProfileForm({ known }: { known: MeRecord }) {
  const t = meTexts.value.me;
  const id = useId();
  const [changes, setChanges] = useState<MeChange>({});
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<{ text: string; failed: boolean } | null>(null);
  const shown = { ...known, ...changes };
  const change = (next: MeChange) => {
    setChanges({ ...changes, ...next });
    setSaid(null);
  };
  const onValidity = (field: string, valid: boolean) => {
    setInvalid((known) => (valid ? new Set([...known].filter((each) => each !== field)) : new Set([...known, field])));
  };
  const save = async () => {
    if (invalid.size > 0) return setSaid({ text: texts.value.form.fixFirst, failed: true });
    setSaid(await store(changes));
  };
  return (
    <form class="card" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <p class="hint">{t.signedInAs(known.email)}</p>
      <div class="field">
        <label for={`${id}-name`}>{t.name}</label>
        <input
          id={`${id}-name`}
          autoComplete="name"
          maxLength={80}
          value={shown.display_name ?? ''}
          onInput={(event) => change({ display_name: event.currentTarget.value.trim() || null })}
        />
      </div>
      <NumberField
        label={t.birthYear}
        whole
        value={shown.birth_year}
        low={earliestBirth}
        high={new Date().getFullYear()}
        onChange={(birth_year) => change({ birth_year })}
        onValidity={onValidity}
      />
      <div class="field">
        <label for={`${id}-country`}>{t.country}</label>
        <p class="hint" id={`${id}-country-hint`}>{t.countryHint}</p>
        <select
          id={`${id}-country`}
          aria-describedby={`${id}-country-hint`}
          value={shown.country ?? ''}
          onChange={(event) => change({ country: event.currentTarget.value || null })}
        >
          <option value="">{t.noCountry}</option>
          {countryNames(language.value).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
      </div>
      <NumberField
        label={t.usual}
        value={shown.usual_cramps_per_week}
        low={0}
        high={350}
        onChange={(usual_cramps_per_week) => change({ usual_cramps_per_week })}
        onValidity={onValidity}
      />
      <p role="status" class={said?.failed ? 'field-error' : 'hint'}>{said?.text}</p>
      <button type="submit" class="primary">{t.save}</button>
    </form>
  );
}

async function store(changes: MeChange): Promise<{ text: string; failed: boolean }> {
  const t = texts.value;
  try {
    await changeProfile(changes);
    return { text: meTexts.value.me.saved, failed: false };
  } catch (error) {
    if (error instanceof NoConnection) return { text: t.problem.offline, failed: true };
    const reasons = error instanceof ApiProblem ? error.problem.errors?.map(({ detail }) => detail).join(' ') : '';
    return { text: reasons || t.problem.server, failed: true };
  }
}
