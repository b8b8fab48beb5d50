import { Dialog } from '../components/dialog';
import { emergencyNumber } from '../emergency';
import { me } from '../session';
import { texts } from '../texts';

/** When to get help now: complete, offline, one tap from everywhere. */
export function RedFlags({ onClose }: { onClose: () => void }) {
  const t = texts.value.help;
  const number = emergencyNumber(me.value?.country ?? null);
  return (
    <Dialog title={t.title} onClose={onClose}>
      <section class="red-flags-now">
        <h3>{t.now}</h3>
        <ul>{t.emergency.map((line) => <li key={line}>{line}</li>)}</ul>
        {number ? <a class="primary emergency" href={`tel:${number}`}>{t.call(number)}</a> : <p class="strong">{t.callUnknown}</p>}
        {!number && <p class="hint">{t.country}</p>}
      </section>
      <Flags title={t.longTitle} lines={t.long} />
      <Flags title={t.todayTitle} intro={t.todayIntro} lines={t.today} />
      <Flags title={t.stockingsTitle} lines={t.stockings} />
      <Flags title={t.soonTitle} lines={t.soon} />
      <p class="hint">{t.intro}</p>
      <div class="action-bar">
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
