import { computed, signal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { momentName, type PlainDate } from '../../shared/nights';
import { path } from '../router';
import { clockAhead, connection, diary, isLost, LossNotice, phoneFull, unsent } from '../session/signals';
import type { Refusal } from '../store/schema';
import { language, texts } from '../texts';
import { AttentionIcon, CheckIcon, PhoneIcon } from './icons';

type EntryState = 'sent' | 'saved' | 'attention';

const icons = { sent: CheckIcon, saved: PhoneIcon, attention: AttentionIcon };

/** Where a recorded night is, from the outbox itself. */
function stateOf(date: PlainDate): EntryState {
  const row = diary.value.outbox.get(date);
  // What a restore lost is on this phone alone, whenever it was sent.
  if (!row) return isLost.value ? 'saved' : 'sent';
  return row.state === 'needs_attention' ? 'attention' : 'saved';
}

/** What the person can do about a refusal; the server's own words stand in the file of unsent entries. */
function reasonOf({ status, reason }: Refusal): 'notBegun' | 'tooLarge' | 'invalid' | 'other' {
  if (reason === 'not_begun') return 'notBegun';
  if (status === 413) return 'tooLarge';
  return status === 422 ? 'invalid' : 'other';
}

/** The state of one night with a sentence about it. */
export function NightState({ date }: { date: PlainDate }) {
  const t = texts.value.state;
  const state = stateOf(date);
  const Icon = icons[state];
  const row = diary.value.outbox.get(date);
  return (
    <div class={`night-state state-${state}`}>
      <p class="state-name"><Icon />{t[state]}</p>
      {!isLost.value && <p class="hint">{t.explain[state]}</p>}
      {row?.refusal && <p>{t.refused[reasonOf(row.refusal)]}</p>}
      {diary.value.nights.get(date)?.combined && <p class="notice">{t.explain.combined}</p>}
    </div>
  );
}

/** The night whose form was just closed on this page: its summary takes the focus, and its state is told. */
export const closedForm = signal<PlainDate | null>(null);

/** Tells a screen reader where the entry is that was just saved. Always on the page: a region that arrives with its words is often not heard. */
export function SavedNotice() {
  useEffect(() => () => void (closedForm.value = null), [path.value]);
  const date = closedForm.value;
  return <div class="visually-hidden" role="status">{date && texts.value.state[stateOf(date)]}</div>;
}

const overall = computed<EntryState | null>(() => {
  const rows = unsent.value;
  if (rows.some((row) => row.state === 'needs_attention')) return 'attention';
  if (rows.length > 0 || isLost.value) return 'saved';
  // Without entries there is nothing to claim.
  return diary.value.nights.size > 0 ? 'sent' : null;
});

/** The state of all entries, in the bar of every page. */
export function OverallState() {
  const t = texts.value.state;
  const state = overall.value;
  if (!state) return <span class="overall" />;
  const Icon = icons[state];
  const label = { sent: t.allSent, saved: t.saved, attention: t.attention }[state];
  return (
    <a class={`overall state-${state}`} href="/me">
      <Icon />
      <span><span class="visually-hidden">{t.label}: </span>{label}</span>
    </a>
  );
}

// Nights change their name at noon and at midnight; a smaller error names a wrong one only around those.
const clockToleranceMs = 3 * 3_600_000;

/** What hinders keeping or sending, if the person can do something or should know. */
export function ConnectionNotice() {
  const t = texts.value.connection;
  const Loss = LossNotice.value ?? Fragment;
  return (
    <>
      {phoneFull.value && <p class="banner" role="alert">{t.full}</p>}
      {Math.abs(clockAhead.value) > clockToleranceMs && <p class="banner" role="status">{t.clock(momentName(new Date(), language.value))}</p>}
      <Loss><Connection /></Loss>
    </>
  );
}

function Connection() {
  const t = texts.value.connection;
  const state = connection.value;
  if (state === 'signed_out') {
    return (
      <div class="banner" role="status">
        <p>{t.signedOut}</p>
        <p class="links"><a href="/welcome">{t.signIn}</a> <a href="/me">{t.noAccount}</a></p>
      </div>
    );
  }
  if (state === 'offline') return <p class="banner" role="status">{t.offline}</p>;
  // A phone that is full has been told of already.
  if (state === 'phone') return phoneFull.value ? null : <p class="banner" role="status">{t.phone}</p>;
  return state === 'trouble' && unsent.value.length > 0 ? <p class="banner" role="status">{t.trouble}</p> : null;
}
