import { patientTexts } from '../texts';

const SECTIONS = ['verdict', 'timeline', 'calendar', 'trials', 'health', 'told', 'changes'] as const;
const CHARTS: readonly string[] = ['timeline', 'calendar'];

/** The sections of the page; stays in sight while one reads. */
export function PageNav({ hasNights }: { hasNights: boolean }) {
  const words = patientTexts.value.sections;
  return (
    <nav class="page-nav" aria-label={words.label}>
      <ul>
        {SECTIONS.filter((section) => hasNights || !CHARTS.includes(section)).map((section) => (
          <li key={section}><a href={`#${section}`}>{words[section]}</a></li>
        ))}
      </ul>
    </nav>
  );
}
