import { withArticle } from '../../hours';
import { counter } from '../../plural';
import type { CrampTexts } from './en';

const count = counter('es');

const es: CrampTexts = {
  title: 'Calambre de noche',
  back: 'Hoy',
  start: 'Tengo un calambre',
  stop: 'Ya pasó',
  since: (time: string) => `Desde ${withArticle(time)}`,
  ease: 'Estirar, frotar o caminar puede aliviarlo.',
  long: 'Es mucho tiempo para un calambre. Si no se pasa al estirar, pida ayuda médica enseguida.',
  mistake: 'Lo empecé por error',
  kept: 'Guardado para la mañana',
  keptCount: (n: number) => `Esta noche: ${count(n, { one: 'calambre', other: 'calambres' })}`,
  keptOf: (night: string, n: number) => `${night}: ${count(n, { one: 'calambre', other: 'calambres' })}`,
  removeLast: 'Quitar el último',
  removed: 'Quitado',
  putBack: 'Volver a ponerlo',
};
export default es;
