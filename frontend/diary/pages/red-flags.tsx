import { Dialog } from '../components/dialog';
import { EmergencyCall } from '../emergency-call';
import { helpTexts, texts } from '../texts';

/** When to get help now: complete, offline, one tap from everywhere. */
export function RedFlags({ onClose }: { onClose: () => void }) {
  const t = texts.value.help;
  const all = helpTexts.value;
  return (
    <Dialog title={texts.value.help.title} onClose={onClose}>
      <section class="red-flags-now">
        <h3>{all.now}</h3>
        <ul>{all.emergency.map((line) => <li key={line}>{line}</li>)}</ul>
      </section>
      <Flags title={all.longTitle} lines={all.long} />
      <Flags title={all.todayTitle} intro={all.todayIntro} lines={all.today} />
      <Flags title={all.stockingsTitle} lines={all.stockings} />
      <Flags title={all.soonTitle} lines={all.soon} />
      <p class="hint">{t.watched} {all.intro}</p>
      <div class="action-bar">
        <EmergencyCall />
        <button type="button" class="secondary" onClick={onClose}>{texts.value.close}</button>
      </div>
    </Dialog>
  );
}

function Flags({ title, intro, lines }: { title: string; intro?: string; lines: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {intro && <p>{intro}</p>}
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}
