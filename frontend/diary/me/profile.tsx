import { useId, useState } from 'preact/hooks';
import { ApiProblem } from '../../shared/api/client';
import type { Me as MeRecord, MeChange } from '../../shared/api/types';
import { PageTitle } from '../components/page-title';
import { useValidity } from '../components/use-validity';
import { problemText } from '../phone/problem';
import { changeProfile } from '../session/profile';
import { me } from '../session/signals';
import { meTexts, texts } from '../texts';
import { BackToMe } from './back';
import { ProfileFields } from './profile-fields';

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
  const { invalid, onValidity } = useValidity();
  const [said, setSaid] = useState<{ text: string; failed: boolean } | null>(null);
  const shown = { ...known, ...changes };
  const change = (next: MeChange) => {
    setChanges({ ...changes, ...next });
    setSaid(null);
  };
  const save = async () => {
    if (invalid.size > 0) return setSaid({ text: texts.value.form.fixFirst, failed: true });
    // Trimmed on saving only: a space is typed before the word after it.
    const named = changes.display_name === undefined ? {} : { display_name: changes.display_name?.trim() || null };
    setSaid(await store({ ...changes, ...named }));
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
          onInput={(event) => change({ display_name: event.currentTarget.value })}
        />
      </div>
      <ProfileFields known={shown} countryHint={t.countryHint} usual={t.usual} onChange={change} onValidity={onValidity} />
      <p role="status" class={said?.failed ? 'field-error' : 'hint'}>{said?.text}</p>
      <button type="submit" class="primary">{t.save}</button>
    </form>
  );
}

async function store(changes: MeChange): Promise<{ text: string; failed: boolean }> {
  try {
    await changeProfile(changes);
    return { text: meTexts.value.me.saved, failed: false };
  } catch (error) {
    const reasons = error instanceof ApiProblem ? error.problem.errors?.map(({ detail }) => detail).join(' ') : '';
    return { text: reasons || problemText(error), failed: true };
  }
}
