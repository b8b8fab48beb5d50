import type { Night } from '../../../shared/api/types';
import type { ClinicTexts } from '../../../shared/texts/clinic/en';
import type { PatientTexts } from '../../../shared/texts/clinic/patient/en';
import type { Formats } from '../../formats';
import { symptoms as symptomNames } from '../../../shared/night-fields';

interface Words {
  nights: ClinicTexts['nights'];
  panels: PatientTexts['panels'];
  changes: PatientTexts['changes'];
}

/** All that a night says, an answer a line: "Stockings by day: yes". What was left out has no line. */
export function nightLines(night: Night | null, words: Words, formats: Formats): string[] {
  if (night === null) return [];
  const { nights, panels, changes } = words;
  const truth = (value: boolean | null) => (value === null ? null : value ? nights.yes : nights.no);
  const some = (told: string[]) => (told.length === 0 ? null : told.join(', '));
  const answers: [name: string, told: string | null][] = [
    [nights.day, truth(night.stockings_day)],
    [changes.dayHours, night.day_wear_h === null ? null : changes.hours(formats.number(night.day_wear_h, 1))],
    [nights.nightWear, truth(night.stockings_night)],
    [nights.urge, truth(night.rls_urge)],
    [changes.awake, night.awake_min === null ? null : changes.minutes(formats.number(night.awake_min, 1))],
    ...symptomNames.map((name): [string, string | null] => {
      const score = night.symptoms[name];
      return [panels[name], score === null ? null : changes.ofTen(score)];
    }),
    [changes.problems, some(night.problems.map((problem) => nights.problems[problem]))],
    [changes.contributors, some(night.contributors.map((contributor) => nights.contributors[contributor]))],
    [changes.note, night.note],
  ];
  return [
    changes.cramps(night.cramps.length),
    ...night.cramps.map((cramp, index) => changes.cramp(index + 1, crampInWords(cramp, changes, formats))),
    ...answers.flatMap(([name, told]) => (told === null || told === '' ? [] : [`${name}: ${told}`])),
  ];
}

function crampInWords({ onset_local: onset, duration_min: minutes, pain_nrs: pain, site, side, relief }: Night['cramps'][number], words: PatientTexts['changes'], formats: Formats): string {
  const told = [
    onset === null ? null : onset.slice(11),
    minutes === null ? null : words.minutes(formats.number(minutes, 1)),
    pain === null ? null : words.pain(pain),
    site && words.sites[site],
    side && words.sides[side],
    relief.length === 0 ? null : words.eased(relief.map((each) => words.relief[each]).join(', ')),
  ].filter((part) => part !== null);
  return told.length === 0 ? words.noDetails : told.join(', ');
}
