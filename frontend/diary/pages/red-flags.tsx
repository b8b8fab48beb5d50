import { Dialog } from '../components/dialog';
import { EmergencyCall } from '../emergency-call';
import { helpTexts, texts } from '../texts';

/** When to get help now: complete, offline, one tap from everywhere. */
export function RedFlags({ onClose }: { onClose: () => void }) {
  const t = helpTexts.value;
  return (
    <Dialog title={texts.value.help.title} onClose={onClose}>
      <section class="red-flags-now">
        <h3>{t.now}</h3>
        <ul>{t.emergency.map((line) => <li key={line}>{line}</li>)}</ul>
      </section>
      <Flags title={t.longTitle} lines={t.long} />
      <Flags title={t.todayTitle} intro={t.todayIntro} lines={t.today} />
      <Flags title={t.stockingsTitle} lines={t.stockings} />
      <Flags title={t.soonTitle} lines={t.soon} />
      <p class="hint">{t.intro}</p>
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
