// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeAll, expect, test, vi } from 'vitest';
import { chooseTexts, loadResultTexts, loadTexts } from '../../texts';
import { VisitPage } from './visit-page';

beforeAll(async () => {
  await loadTexts();
  await loadResultTexts();
  await chooseTexts('es');
});

test('the page for a visit opens beside the diary, in the language of the phone, and says where it cannot', async () => {
  const place = document.createElement('main');
  const online = vi.spyOn(navigator, 'onLine', 'get');
  const tapped: boolean[] = [];
  place.addEventListener('click', (event) => {
    tapped.push(!event.defaultPrevented);
    event.preventDefault();
  });
  render(<VisitPage />, place);
  const link = place.querySelector('a')!;
  expect([link.getAttribute('href'), link.target]).toEqual(['/api/me/report?lang=es', '_blank']);
  for (const connected of [false, true]) {
    online.mockReturnValue(connected);
    await act(() => void link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
    expect(place.textContent.includes('Hace falta conexión')).toBe(!connected);
  }
  expect(tapped).toEqual([false, true]);
  online.mockRestore();
});
