import { PageTitle } from '../components/page-title';
import { planTexts } from '../texts';

export function Plan() {
  return <PageTitle text={planTexts.value.title} />;
}
