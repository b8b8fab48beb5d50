import { useState } from 'preact/hooks';
import { HelpButton } from '../help';
import { PageTitle } from '../components/page-title';
import { AccessLog } from '../me/access-log';
import { Entries } from '../me/entries';
import { Look } from '../me/look';
import { Profile } from '../me/profile';
import { Sharing } from '../me/sharing';
import { SignOut } from '../me/sign-out';
import { pendingShare } from '../share-link';
import { meTexts, texts } from '../texts';

/** The person, their data and who may see it. */
export function Me() {
  // Decided once: the section must not move, and forget what it says, when the person agrees.
  const [invited] = useState(pendingShare.value !== null);
  return (
    <>
      <PageTitle text={meTexts.value.me.title} />
      {invited && <Sharing />}
      <Entries />
      <Profile />
      {!invited && <Sharing />}
      <AccessLog />
      <Look />
      <section class="card"><h2>{texts.value.help.title}</h2><HelpButton /></section>
      <SignOut />
    </>
  );
}
