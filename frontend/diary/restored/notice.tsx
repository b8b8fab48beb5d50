import type { ComponentChildren } from 'preact';
import { path } from '../router';
import { offered, session } from '../session/signals';
import { lostHere } from './found';
import { restoredTexts } from './texts';

/** What a restore means for the diaries on this phone, around the other notices: a sign-in that cannot work is not offered. */
export function Notice({ children }: { children?: ComponentChildren }) {
  const open = session.value?.store.userId;
  const t = restoredTexts.value;
  // The page itself says it all.
  if (path.value === '/restored') return null;
  if (lostHere.value?.account === open) {
    return (
      <div class="notice" role="status">
        <p class="strong">{t.notice.title}</p>
        <p>{t.notice.text}</p>
        <p class="links"><a href="/restored">{t.notice.open}</a></p>
      </div>
    );
  }
  return (
    <>
      {offered.value && offered.value.account !== open && (
        <div class="notice" role="status">
          <p>{t.question.text(offered.value.nights)}</p>
          <p class="links"><a href="/restored">{t.question.open}</a></p>
        </div>
      )}
      {children}
    </>
  );
}
