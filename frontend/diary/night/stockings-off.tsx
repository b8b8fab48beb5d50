import { openHelp } from '../help';
import { texts } from '../texts';

/** Stands in place of the plan's instruction while the safety answers speak against stockings (DOMAIN 3, 4). */
export function StockingsOff() {
  const { plan, help } = texts.value;
  return (
    <div class="notice stockings-off">
      <p class="strong">{plan.leaveOff}</p>
      <p>{plan.leaveOffText}</p>
      <p><a href="/start/safety">{plan.leaveOffWhy}</a></p>
      <p><button type="button" class="link" onClick={() => void openHelp()}>{help.title}</button></p>
      <p>{plan.leaveOffPlan}</p>
    </div>
  );
}
