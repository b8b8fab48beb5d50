import { expect, test } from 'vitest';
import consent from '../../../../backend/care/consent.json';
import report from '../../../../backend/exports/report/patient.json';
import { colemanLiau, count, lix, tooHard } from '../../../test/reading';
import { strings } from '../../../test/strings';

type Language = 'en' | 'es';

// Labels and answers of a few words are no prose, and a formula has nothing to hold on to.
const proseWords = 5;

const catalogues = import.meta.glob<unknown>('./**/{en,es}.ts', { eager: true, import: 'default' });
// The server writes the consent and the page for a visit; their texts stand in files of their own for this check.

/** Everything patients read, by place and language: texts that are added later are in it by themselves. */
const places: [string, Language, string[]][] = [
  ...Object.entries(catalogues).map(([path, texts]): [string, Language, string[]] => [path, path.endsWith('/es.ts') ? 'es' : 'en', strings(texts)]),
  ['consent', 'en', consent.en],
  ['consent', 'es', consent.es],
  ['report', 'en', strings(report.en)],
  ['report', 'es', strings(report.es)],
];

const isProse = (text: string) => (text.match(/\p{L}+/gu) ?? []).length >= proseWords;

test.each(places)('%s in %s reads at grade 6 or below', (_place, language, texts) => {
  expect(tooHard(texts.filter(isProse), language)).toEqual([]);
});

test('the catalogues of all places are found', () => {
  expect(places.length).toBeGreaterThanOrEqual(10);
  expect(places.filter(([, language]) => language === 'es')).toHaveLength(places.length / 2);
});

// Written for this test, in the manner of a school book for the sixth year.
const school: [Language, string][] = [
  ['en', 'The river begins high in the hills. In spring the snow melts and the water runs down fast. People in the valley built a wall of stone to keep it out of their fields. For many years the wall held. Then one night it rained so hard that nobody could sleep. In the morning half of the wall was gone.'],
  ['en', 'Your heart is a muscle about as big as your fist. It pumps blood to every part of your body, even while you sleep. When you run, your legs need more air, so the heart beats faster. You can feel it in your neck or at your wrist. Count the beats for one minute and write the number down.'],
  ['es', 'El río nace en lo alto de las montañas. En primavera la nieve se derrite y el agua baja con fuerza. La gente del valle hizo un muro de piedra para proteger sus campos. Durante muchos años el muro aguantó. Una noche llovió tanto que nadie pudo dormir, y por la mañana faltaba la mitad del muro.'],
  ['es', 'El corazón es un músculo del tamaño de un puño. Lleva la sangre a todas las partes del cuerpo, también mientras dormimos. Cuando corres, las piernas necesitan más aire y el corazón late más deprisa. Puedes notarlo en el cuello o en la muñeca. Cuenta los latidos durante un minuto y apunta el número.'],
];

test.each(school)('a school text of the sixth year in %s passes', (language, text) => {
  expect(tooHard([text], language)).toEqual([]);
});

const official: [Language, string][] = [
  ['en', 'Participants are hereby informed that statistically significant improvements in symptom frequency, whenever attributable to compression therapy, necessitate subsequent evaluation by appropriately qualified specialists.'],
  ['es', 'Se informa a los participantes de que las mejorías estadísticamente significativas de la frecuencia de los síntomas atribuibles al tratamiento compresivo requieren una evaluación posterior por especialistas debidamente cualificados.'],
];

test.each(official)('an official text in %s does not', (language, text) => {
  expect(tooHard([text], language).length).toBeGreaterThan(1);
});

test('the formulas give the figures that follow from their definitions', () => {
  const counts = count(['The cat sat on the warm mat. It was a lovely, peaceful afternoon:', 'nobody came']);
  expect(counts).toEqual({ words: 15, sentences: 3, letters: 60, longWords: 2 });
  expect(lix(counts)).toBeCloseTo(15 / 3 + 200 / 15, 10);
  expect(colemanLiau(counts)).toBeCloseTo(0.0588 * (6000 / 15) - 0.296 * (300 / 15) - 15.8, 10);
});
