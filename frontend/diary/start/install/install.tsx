import { firstDay, installOffer } from '../../first-day';
import { navigate } from '../../router';
import { session } from '../../session/signals';
import { startTexts } from '../../texts';
import { AddIcon, MenuIcon, ShareIcon } from './icons';
import { markStep, nextOpen } from '../marks';
import { Step } from '../step';

/** How to keep Charley on the home screen, for the phone in hand first. */
export function InstallStep() {
  const { install: t } = startTexts.value;
  const offer = installOffer.value;
  const installed = isInstalled();
  const add = async () => {
    await offer?.prompt();
    installOffer.value = null;
    if ((await offer?.userChoice)?.outcome === 'accepted') await done();
  };
  const [mine, other] = isApple() ? [<OnIphone key="i" />, <OnAndroid key="a" />] : [<OnAndroid key="a" />, <OnIphone key="i" />];
  return (
    <Step
      section="install"
      title={t.title}
      lead={installed ? t.installed : isApple() ? `${t.why} ${t.whyPhone}` : t.why}
      primary={offer && !installed ? t.offer : t.done}
      onPrimary={offer && !installed ? add : done}
      skippable={!installed}
    >
      {!installed && !offer && mine}
      {!installed && (
        <details class="card">
          <summary><h2>{t.otherPhone}</h2></summary>
          {other}
        </details>
      )}
    </Step>
  );
}

async function done(): Promise<void> {
  const store = session.value?.store;
  if (store) await markStep(store, 'install', 'done');
  const next = firstDay.value && nextOpen(firstDay.value, 'install');
  navigate(next ? `/start/${next}` : '/start');
}

function OnAndroid() {
  const { install: t } = startTexts.value;
  return <Guide title={t.androidTitle} lines={t.android} icons={[<MenuIcon key="m" />, <AddIcon key="a" />]} />;
}

function OnIphone() {
  const { install: t } = startTexts.value;
  return <Guide title={t.iphoneTitle} lines={t.iphone} icons={[<ShareIcon key="s" />, <AddIcon key="a" />]} />;
}

function Guide({ title, lines, icons }: { title: string; lines: readonly string[]; icons: readonly preact.JSX.Element[] }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <ol class="guide">{lines.map((line, index) => <li key={line}><span>{line}</span>{icons[index]}</li>)}</ol>
    </section>
  );
}

/** Whether the app runs from the home screen already. */
function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true);
}

// An iPad calls itself a Mac; a Mac has no touch screen.
function isApple(): boolean {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}
