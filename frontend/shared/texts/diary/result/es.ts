import { counter } from '../../plural';
import type { ResultTexts } from './en';

const count = counter('es');
const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;
const times = (ratio: number) => `${ratio.toLocaleString('es', { maximumFractionDigits: 1 })} veces tantos`;
const nights = (n: number) => count(n, { one: 'noche', other: 'noches' });

/** "un 40 % menos" de una razón de tasas. */
function ratio(rr: number): string {
  if (rr >= 1.95) return times(rr);
  if (Math.abs(rr - 1) < 0.005) return 'los mismos';
  return rr < 1 ? `un ${percent(1 - rr)} menos` : `un ${percent(rr - 1)} más`;
}

const es: ResultTexts = {
  title: 'Resultado',
  offline: 'Este es el último resultado que ha visto este teléfono.',
  none: 'Aún no hay resultado',
  noneText: 'Anote sus noches. Cuando haya suficientes, la comparación aparecerá aquí.',
  noneOffline: 'El resultado viene del servidor. Abra esta página de nuevo cuando tenga conexión.',
  recorded: (n: number) => `${count(n, { one: 'noche anotada', other: 'noches anotadas' })}`,
  headlines: {
    running: 'La comparación sigue en marcha',
    insufficient: 'Todavía no hay bastante para comparar',
    help: 'Parece que las medias le ayudan',
    worse: 'Tuvo más calambres con las medias',
    fewer_unclear: 'Menos calambres con medias, causa no clara',
    more_unclear: 'Más calambres con medias, causa no clara',
    no_clear_difference: 'Sin diferencia clara',
  },
  leads: {
    running: 'Charley no muestra nada antes del día previsto. Si se mira antes, el azar puede parecer un resultado. Siga como hasta ahora.',
    insufficient: 'Es mejor no responder que responder mal. Esto es lo que falta:',
    help: 'Tuvo claramente menos calambres las noches con medias.',
    worse: 'Tuvo claramente más calambres las noches con medias.',
    fewer_unclear: 'Tuvo menos calambres mientras llevaba medias. No podemos saber por qué: otra cosa puede haber cambiado al mismo tiempo.',
    more_unclear: 'Tuvo más calambres mientras llevaba medias. No podemos saber por qué: otra cosa puede haber cambiado al mismo tiempo.',
    no_clear_difference: 'Las noches con medias y sin medias se parecen demasiado para distinguirlas. Esto no muestra que las medias no hagan nada.',
  },
  ratio: (rr: number) => (Math.abs(rr - 1) < 0.005 ? 'Con medias: los mismos calambres' : `Con medias: alrededor de ${ratio(rr)} calambres`),
  interval: (low: number, high: number) => `La cifra real puede estar entre ${ratio(low)} y ${ratio(high)}.`,
  intervalNote: 'Este margen es un intervalo del 95\u00a0% de un modelo estadístico.',
  axis: { half: 'la mitad', same: 'igual', double: 'el doble' },
  axisFewer: 'menos calambres',
  axisMore: 'más calambres',
  behind: 'Las noches en que se basa',
  tableWith: 'Con medias',
  tableWithout: 'Sin medias',
  tableNights: 'Noches',
  tableCramps: 'Calambres',
  tableRate: 'Calambres por semana',
  gradeTitle: 'Cuánto puede fiarse',
  grades: {
    A: 'Grado A, el más fuerte. El azar decidió qué noches llevaba medias, y hubo cambios suficientes para una prueba exacta.',
    B: 'Grado B, bueno. El azar decidió qué noches llevaba medias, pero hubo pocos cambios.',
    C: 'Grado C, más débil. Usted llevó medias unas noches sí y otras no, según venía. Otra cosa puede haber cambiado a la vez.',
    D: 'Grado D, débil. Se comparan las noches de antes con las de después. Los calambres van y vienen solos, así que esto nunca puede demostrar nada.',
  },
  notTitle: 'Qué no significa',
  not: {
    favorable: 'Esto no es un diagnóstico. No muestra que tenga una enfermedad de las venas. Usted sabía cuándo llevaba medias, y la esperanza por sí sola puede cambiar cómo se siente una noche.',
    other: 'Esto no es un diagnóstico. No muestra si sus venas están sanas o enfermas.',
  },
  nextTitle: 'Qué hacer ahora',
  next: {
    running: ['Anote cada noche, también las buenas. Las noches que faltan debilitan la respuesta.'],
    insufficient: ['Siga anotando, también las noches buenas.', 'Puede hablar con su médico de los calambres en cualquier momento.'],
    help: [
      'Puede valer la pena comentarlo con un especialista en venas. Una ecografía de las venas puede mostrar más.',
      'Antes de llevar medias más tiempo, pida que le revisen el riego de las piernas.',
      'No deje ninguna medicina por su cuenta.',
    ],
    worse: ['No use las medias y hable con su médico.', 'Los calambres tienen muchas causas. Su médico puede buscarlas.', 'No deje ninguna medicina por su cuenta.'],
    fewer_unclear: [
      'Una prueba en la que el azar decide las noches puede decir más.',
      'También puede comentarlo ya con un especialista en venas.',
      'No deje ninguna medicina por su cuenta.',
    ],
    more_unclear: [
      'Hable con su médico antes de seguir usando medias.',
      'Una prueba en la que el azar decide las noches puede decir más.',
      'No deje ninguna medicina por su cuenta.',
    ],
    no_clear_difference: [
      'Una revisión sigue siendo útil. Pregunte a su médico por otras causas, como las medicinas, beber poco o los valores de la sangre.',
      'Si tiene hinchazón, cambios en la piel o venas visibles, vaya a un especialista en venas.',
      'No deje ninguna medicina por su cuenta.',
    ],
  },
  methods: {
    exact: 'Las noches se compararon con todos los demás órdenes de noches que el azar podría haber elegido.',
    monte_carlo: 'Las noches se compararon con miles de otros órdenes de noches que el azar podría haber elegido.',
    staged: 'Los días de revisión se fijaron antes de empezar. Así, mirar por el camino no hace que el azar parezca un resultado.',
    model_trend: 'La comparación tiene en cuenta que los calambres pueden mejorar o empeorar poco a poco por sí solos.',
    model_adjusted: 'La comparación tiene en cuenta que los calambres cambian poco a poco por sí solos, los fines de semana y la noche anterior.',
  },
  warningsTitle: 'Tenga en cuenta',
  needs: {
    planned_end: (have: number, want: number) => `Han pasado ${have} de ${nights(want)}. La comparación se abre después de la última.`,
    first_look: (have: number, want: number) => `Han pasado ${have} de ${nights(want)}. El primer resultado llega después de la última.`,
    next_look: (have: number, want: number) => `Han pasado ${have} de ${nights(want)}. La próxima revisión llega después de la última.`,
    nights_on: (have: number, want: number) => `Noches con medias: ${have} de al menos ${want}.`,
    nights_off: (have: number, want: number) => `Noches sin medias: ${have} de al menos ${want}.`,
    cramps: (have: number, want: number) => `Calambres en las noches comparadas: ${have} de al menos ${want}.`,
  },
  warnings: {
    finished_early: (n: number) => `La prueba terminó antes, después de ${nights(n)}, porque la diferencia era grande. La diferencia real es probablemente menor que la que se muestra aquí.`,
    stopped_early: (n: number) => `Solo se comparan las noches hasta la noche ${n}. La prueba se detuvo entonces o después no se anotó nada.`,
    carry_over: () => 'Sin la primera noche después de cada cambio, la respuesta sería claramente distinta. Las noches anteriores pueden seguir influyendo.',
    uneven_logging: (gap: number) =>
      `Las noches ${gap > 0 ? 'con' : 'sin'} medias se anotaron más a menudo que las noches ${gap > 0 ? 'sin' : 'con'} medias. Eso puede torcer la comparación.`,
    low_adherence: (share: number) => `Las medias se llevaron según el plan solo el ${percent(share)} de las noches.`,
    unknown_wear: (n: number) => `${count(n, { one: 'noche queda', other: 'noches quedan' })} fuera, porque no se sabe si llevaba medias.`,
    wear_follows_cramps: () => 'Llevó medias más a menudo después de noches malas. Después de una noche mala, los calambres suelen aflojar solos.',
  },
};
export default es;
