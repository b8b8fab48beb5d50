import { useEffect } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { firstDay, newcomer, type Section } from '../first-day';
import { session } from '../session/signals';
import { HealthStep } from './health';
import { InstallStep } from './install/install';
import { StartList } from './list';
import { ProfileStep } from './profile';
import { learnMarks } from './progress';
import { RemindersStep } from './reminders';
import { SafetyStep } from './safety/safety';
import './start.css';
import { StockingsStep } from './stockings/stockings';
import { TrialStep } from './trial/trial';

const steps: Record<Section, ComponentType> = {
  profile: ProfileStep,
  safety: SafetyStep,
  health: HealthStep,
  stockings: StockingsStep,
  trial: TrialStep,
  reminders: RemindersStep,
  install: InstallStep,
};

/** The first day: the list of its steps, or one of them. */
export function Start({ section }: { section: Section | null }) {
  useEffect(() => {
    void begin(section);
  }, []);
  const Step = section && steps[section];
  return Step ? <Step /> : <StartList />;
}

// From here on the phone remembers how far the person has come, and Today tells of open steps.
async function begin(section: Section | null): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  // What a person did on another phone must be known before anything is called open, and is shown in the list.
  const mayKnowLess = firstDay.value ? section === null : !newcomer.value;
  if (mayKnowLess && !(await learnMarks(store))) return;
  if (firstDay.value || session.value?.store !== store) return;
  firstDay.value = { done: [], later: [], waiting: [] };
  await store.putMeta('start', firstDay.value);
}
