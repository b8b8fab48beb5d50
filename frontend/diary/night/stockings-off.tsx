import { AttentionIcon } from '../components/icons';
import { HelpLink } from '../help';
import { texts } from '../texts';

/** Stands in place of the plan's instruction while the safety answers speak against stockings (DOMAIN 3, 4). */
export function StockingsOff() {
  const { plan } = texts.value;
  return (
    <div class="next leave-off">
      <p class="state-name"><AttentionIcon />{plan.leaveOff}</p>
      <p>{plan.leaveOffText}</p>
      <p>{plan.leaveOffPlan}</p>
      <a class="link" href="/start/safety">{plan.leaveOffWhy}</a>
      <HelpLink />
    </div>
  );
}
