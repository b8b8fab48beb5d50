import { ROSTER_PATH } from '../routes';
import type { Me } from '../records';
import { Settings } from './Settings';
import { ShareCode } from '../share/ShareCode';
import { SignOut } from './SignOut';
import { texts } from '../texts';

/** Where the reader is, who they are, and the code that lets patients share with them. */
export function Header({ reader }: { reader: Me }) {
  const { app } = texts.value;
  return (
    <header class="header">
      <a class="wordmark" href={ROSTER_PATH}>{app.name} <span>{app.place}</span></a>
      {reader.share_code && <ShareCode code={reader.share_code} />}
      <div class="account">
        <span class="reader">{reader.display_name || reader.email}</span>
        <Settings />
        <SignOut />
      </div>
    </header>
  );
}
