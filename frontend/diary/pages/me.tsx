import { useState } from 'preact/hooks';
import { chosenScheme } from '../../shared/preferences';
import { PageTitle } from '../components/page-title';
import { openHelp } from '../help';
import { AccessLog } from '../me/access-log';
import { Entries } from '../me/entries';
import { languages } from '../me/look';
import '../me/me.css';
import { ActionRow, PlaceRow } from '../me/row';
import { Sharing } from '../me/sharing';
import { SignOut } from '../me/sign-out';
import { me } from '../session';
import { pendingShare } from '../share-link';
import { language, meTexts, texts } from '../texts';

/** The person, their data and who may see it: where each stands, and the way there. */
export function Me() {
  // Decided once: the section must not move, and forget what it says, when the person agrees.
  const [invited] = useState(pendingShare.value !== null);
  return (
    <>
      <PageTitle text={meTexts.value.me.title} />
      {invited && <Sharing />}
      <Entries />
      <Places />
      {!invited && <Sharing />}
      <AccessLog />
      <SignOut />
    </>
  );
}

function Places() {
  const t = meTexts.value.me;
  const spoken = languages.find(([code]) => code === language.value)?.[1];
  return (
    <ul class="plain card places">
      <PlaceRow to="/me/profile" name={t.profile} state={me.value?.display_name ?? t.profileEmpty} />
      <PlaceRow to="/me/look" name={t.look} state={`${t.schemes[chosenScheme()]}, ${spoken}`} />
      <ActionRow onClick={() => void openHelp()} name={texts.value.help.title} state={t.helpState} />
    </ul>
  );
}
