import { useState } from 'preact/hooks';
import { dayName, type PlainDate } from '../../shared/nights';
import { dayHere, now } from '../clock';
import { PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { ToldDay } from '../components/told-day';
import { EmergencyCall } from '../emergency-call';
import { HelpLink } from '../help';
import type { Sign } from '../hold/copy';
import { end } from '../hold/end';
import { standing } from '../hold/hold';
import { isEmergency, mayBeGone } from '../../shared/stop-signs';
import { NightName } from '../night/name';
import { safety } from '../safety';
import { holdTexts, language, texts } from '../texts';

const today = () => dayHere(now.value);
const say = (day: PlainDate) => dayName(day, language.value);

/** Why stockings stay off: every sign that stands, and what the person may say to end it. */
export function Hold() {
  const t = holdTexts.value;
  const signs = standing.value;
  return (
    <>
      <a class="back" href="/"><PreviousIcon />{texts.value.nav.today}</a>
      <PageTitle text={signs.length > 0 ? t.title : t.none} />
      {signs.length > 0 ? <Standing signs={signs} /> : <p>{safety.value === 'blocked' ? t.stillBlocked : t.noneText}</p>}
    </>
  );
}

function Standing({ signs }: { signs: readonly Sign[] }) {
  const t = holdTexts.value;
  const first = signs.map(({ since }) => since).sort().at(-1) ?? '';
  return (
    <>
      <p>{t.intro}</p>
      {signs.map((sign) => <SignCard key={`${sign.night_date} ${sign.code}`} sign={sign} />)}
      <section class="card">
        <p>{t.askedText}</p>
        <Ending label={texts.value.plan.asked} first={first} onSave={(on) => end(signs, 'asked', on)} />
      </section>
      <p class="hint">{t.logged} {texts.value.help.watched}</p>
      <HelpLink />
    </>
  );
}

function SignCard({ sign }: { sign: Sign }) {
  const t = holdTexts.value;
  const { advice, form, plan } = texts.value;
  const names: Partial<Record<string, string>> = form.problemNames;
  const { night_date: night, code, since } = sign;
  return (
    <section class="card">
      <h2>{night ? (names[code] ?? code) : t.safety}</h2>
      {night ? <p class="hint"><NightName date={night} /></p> : <p>{t.safetyText} {since && t.since(say(since))}</p>}
      {isEmergency(code) && <><p class="strong">{advice.emergency}</p><EmergencyCall /></>}
      {mayBeGone(code) && <Ending label={plan.gone} first={since} onSave={(on) => end([sign], 'gone', on)} />}
      {night ? <a class="link" href={`/nights/${night}`}>{t.toNight}</a> : <a class="link" href="/start/safety">{t.toSafety}</a>}
      {!night && (safety.value === 'free' || safety.value === 'ask_first') && (
        <button type="button" class="quiet" onClick={() => void end([sign], 'mistake', today())}>{t.mistake}</button>
      )}
    </section>
  );
}

/** What ends a sign, with its day, kept when it is saved. */
function Ending({ label, first, onSave }: { label: string; first: PlainDate; onSave: (on: PlainDate) => Promise<void> }) {
  const t = holdTexts.value;
  const [day, setDay] = useState<PlainDate | null>(null);
  const last = today();
  return (
    <ToldDay
      label={label}
      question={t.on}
      day={day}
      first={first}
      last={last}
      chosen={(date) => t.chosen(say(date))}
      bounds={t.bounds(say(first), say(last))}
      onChange={setDay}
      action={(bad) => <button type="button" class="primary" disabled={bad} onClick={() => day && void onSave(day)}>{t.save}</button>}
    />
  );
}
