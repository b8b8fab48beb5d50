import { expect, test, vi } from 'vitest';
import { chosenLanguage } from '../preferences';
import { catalogue } from './catalogue';

vi.mock('../preferences', () => ({ chosenLanguage: vi.fn(() => 'en'), chooseLanguage: () => undefined }));

const words = (text: string) => vi.fn(() => Promise.resolve({ default: text }));

test('only the language on screen is loaded', async () => {
  const [en, es] = [words('night'), words('noche')];
  const { texts, load } = catalogue<string>({ en, es });
  await load();
  expect(texts.value).toBe('night');
  expect(es).not.toHaveBeenCalled();
});

test('texts of a later place come in the language on screen and follow its changes', async () => {
  const first = catalogue<string>({ en: words('night'), es: words('noche') });
  const [en, es] = [words('result'), words('resultado')];
  const place = first.later<string>({ en, es });
  await first.load();
  expect(en).not.toHaveBeenCalled();
  await first.choose('es');
  expect(es).not.toHaveBeenCalled();
  await place.load();
  expect([first.texts.value, place.texts.value]).toEqual(['noche', 'resultado']);
  await first.choose('en');
  expect([first.texts.value, place.texts.value]).toEqual(['night', 'result']);
});

test('a place that is opened again loads nothing twice', async () => {
  const first = catalogue<string>({ en: words('night'), es: words('noche') });
  const en = words('result');
  const place = first.later<string>({ en, es: words('resultado') });
  await first.load();
  await place.load();
  await place.load();
  expect(en).toHaveBeenCalledTimes(1);
});

test('a place opened before the first texts have arrived speaks the language chosen', async () => {
  vi.mocked(chosenLanguage).mockReturnValue('es');
  const first = catalogue<string>({ en: words('night'), es: words('noche') });
  const place = first.later<string>({ en: words('result'), es: words('resultado') });
  await Promise.all([first.load(), place.load()]);
  expect([first.texts.value, place.texts.value]).toEqual(['noche', 'resultado']);
});
