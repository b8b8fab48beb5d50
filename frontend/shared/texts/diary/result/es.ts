import { localeOf } from '../../../preferences';
import { counter } from '../../plural';
import answers from '../answers/es';
import type { ResultTexts } from './en';

const count = counter('es');
const number = new Intl.NumberFormat(localeOf('es'), { maximumFractionDigits: 1 });
const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;
const nights = (n: number) => count(n, { one: 'noche', other: 'noches' });

/** "un 60 % menos", "2,5 por cada uno sin medias", of a rate ratio. */
function change(rr: number): string {
  if (rr >= 1.95) return `${number.format(rr)} por cada uno sin medias`;
  if (Math.abs(rr - 1) < 0.005) return 'los mismos';
  if (rr < 0.005) return 'casi ninguno';
  return rr < 1 ? `un ${percent(1 - rr)} menos` : `un ${percent(rr - 1)} más`;
}

/** How many with stockings stand against ten without. */
function ofTen(rr: number): string {
  const n = Math.round(10 * rr);
  return n < 1 ? 'menos de 1' : number.format(n);
}

/** "entre 3 y 11", of an interval of rate ratios, with a decimal where both ends would else be the same. */
function between(low: number, high: number): string {
  const alike = Math.round(10 * low) === Math.round(10 * high);
  const [first, second] = [low, high].map((rr) => number.format(alike ? 10 * rr : Math.round(10 * rr)));
  return `entre ${first} y ${second}`;
}

/** The same as a guess. */
const about = (rr: number) => (10 * rr < 0.5 ? ofTen(rr) : `cerca de ${ofTen(rr)}`);

/** "3 más", "2 menos", "las mismas" nights of ten. */
function difference(share: number): string {
  const n = Math.round(10 * share);
  if (n === 0) return 'las mismas';
  return n > 0 ? `${n} más` : `${-n} menos`;
}

const noMedicine = 'No deje ninguna medicina por su cuenta.';
const otherCauses = 'Los calambres tienen muchas causas. Su médico puede buscarlas.';

const leaveOff = ['Deje de llevar las medias y hable con su médico.', otherCauses, 'Un examen de las venas puede ser útil de todos modos.', noMedicine];
const lookFurther = [
  'Un examen de las venas puede ser útil de todos modos. Hágalo si tiene hinchazón, cambios en la piel o venas que se ven.',
  'Pregunte a su médico por otras causas: medicinas, beber poco o algo que se vea en un análisis de sangre.',
  noMedicine,
];

const es: ResultTexts = {
  title: 'Resultado',
  offline: 'Sin conexión.',
  last: (why) => `${why} Este es el último resultado que ha visto este teléfono.`,
  none: 'Aún no hay resultado',
  noneText: 'Anote sus noches, también las buenas. Cuando haya bastantes, el resultado saldrá aquí.',
  noneHeld: 'Charley compara noches con medias y sin ellas. Mientras no las lleve no hay nada que comparar. Su diario puede ayudar igualmente a su médico.',
  noneOffline: 'El resultado viene del servidor. Abra esta página de nuevo cuando tenga conexión.',
  headlines: {
    running: 'Su prueba sigue en marcha',
    insufficient: 'Todavía faltan datos para comparar',
    help: 'Parece que las medias le ayudan',
    help_unplanned: 'Su propio diario: menos calambres con medias',
    worse: 'Tuvo más calambres con las medias',
    worse_unplanned: 'Su propio diario: más calambres con medias',
    fewer_unclear: 'Menos calambres con medias, sin causa clara',
    more_unclear: 'Más calambres con medias, sin causa clara',
    no_clear_difference: 'No está claro si las medias cambian algo',
    much_alike: 'Las noches con medias y sin medias se parecen mucho',
  },
  aheadTrial: {
    headline: 'Su prueba aún no ha empezado',
    lead: 'Charley no muestra ningún resultado antes del día previsto. Si se mira antes, el azar puede parecer un resultado.',
    next: ['Anote también sus noches hasta entonces. Ayudan a su médico.'],
  },
  stoppedTrial: {
    headline: 'Su prueba se interrumpió',
    lead: 'Charley no muestra nada antes de ese día. Si se mira antes, el azar puede parecer un resultado.',
    next: ['Cuentan las noches hasta que la interrumpió.', 'Su diario sigue. Anote cada noche, también las buenas.'],
  },
  held: {
    running: {
      headline: 'Su prueba sigue según el calendario',
      lead: 'Por ahora no se ponga las medias, diga lo que diga el plan. Charley no muestra ningún resultado antes del día previsto.',
      next: ['Su diario sigue. Anote cada noche tal como fue.'],
    },
    insufficient: {
      headline: 'Por ahora no hay nada que comparar',
      lead: 'Charley compara noches con medias y sin ellas. Mientras no las lleve no hay nada nuevo que comparar.',
      next: ['Su diario puede ayudar igualmente a su médico. Anote cada noche tal como fue.'],
    },
  },
  endedShort: {
    headline: 'No hubo bastantes datos para comparar',
    lead: 'Es mejor no responder que responder mal. Esto es lo que faltó:',
    next: ['Una prueba nueva puede dar una respuesta si se anota cada noche.', 'Puede hablar de los calambres con su médico cuando quiera.'],
    again: 'Ver una prueba nueva',
  },
  collecting: 'Charley está reuniendo noches',
  leads: {
    running: 'Charley no muestra nada antes del día previsto. Si se mira antes, el azar puede parecer un resultado. Siga como hasta ahora.',
    insufficient: 'Es mejor no responder que responder mal. Esto es lo que falta:',
    help: 'Tuvo claramente menos calambres las noches con medias.',
    help_unplanned: 'Esto no fue una prueba: usted eligió las noches, no el azar. Tuvo menos calambres las noches con medias. Puede haber otra razón.',
    worse: 'Tuvo claramente más calambres las noches con medias.',
    worse_unplanned: 'Esto no fue una prueba: usted eligió las noches, no el azar. Tuvo más calambres las noches con medias. Puede haber otra razón.',
    fewer_unclear: 'Tuvo menos calambres cuando llevaba medias. No sabemos por qué. Otra cosa puede haber cambiado a la vez.',
    more_unclear: 'Tuvo más calambres cuando llevaba medias. No sabemos por qué. Otra cosa puede haber cambiado a la vez.',
    no_clear_difference: 'La diferencia puede ser grande, pequeña o ninguna. Estas noches no bastan para saberlo. Esto no demuestra que las medias no sirvan de nada.',
    much_alike: 'Si hay una diferencia, es pequeña. Esto no demuestra que las medias no sirvan de nada.',
  },
  stopped: (day: string) => `Usted interrumpió esta prueba el ${day}. El resultado se abre igualmente el día previsto.`,
  answers,
  passed: (have: number, want: number) => `Noches pasadas: ${have} de ${want}`,

  ratio: (rr: number) => `Por cada 10 calambres sin medias, ${about(rr)} con ellas.`,
  interval: (low: number, high: number) => `El número real puede estar ${between(low, high)}.`,
  intervalNote: 'Un margen como este acierta en unas 95 de cada 100 pruebas.',
  touchesSame: 'El margen llega hasta «igual». La diferencia real puede ser pequeña, o ninguna.',
  axis: { half: 'la mitad', same: 'igual', double: 'el doble' },
  beyond: {
    low: (end: number) => `La flecha muestra que el margen sigue fuera de la imagen: baja hasta ${ofTen(end)} por cada 10 sin medias.`,
    high: (end: number) => `La flecha muestra que el margen sigue fuera de la imagen: sube hasta ${ofTen(end)} por cada 10 sin medias.`,
  },
  axisFewer: 'menos calambres',
  axisMore: 'más calambres',
  asTable: 'La imagen como tabla',
  tableChange: 'Calambres con medias',
  tablePoint: 'Lo más probable',
  tableRange: 'Límite bajo del margen',
  tableRangeHigh: 'Límite alto del margen',
  change,

  notTitle: 'Qué no significa',
  not: {
    favorable: 'No es un diagnóstico. No muestra que tenga una enfermedad de las venas. Usted sabía cuándo llevaba medias, y la sola esperanza de mejorar puede cambiar una noche. Solo un especialista en venas puede saberlo, con un examen.',
    other: 'No es un diagnóstico. No muestra si sus venas están sanas o enfermas. Solo un especialista en venas puede saberlo, con un examen.',
  },

  against: 'La mayoría de las molestias de las piernas tienen otra causa, aunque haya venas enfermas. También las medias que casi no aprietan pueden aliviar las piernas.',

  nextTitle: 'Qué hacer ahora',
  next: {
    running: ['Anote cada noche, también las buenas.', 'Una noche que falta debilita la respuesta.'],
    insufficient: ['Siga anotando sus noches, también las buenas.', 'Puede hablar de los calambres con su médico cuando quiera.'],
    help: [
      'Puede valer la pena comentarlo con un especialista en venas. No es un diagnóstico.',
      'El especialista puede mirar sus venas con una ecografía.',
      'Antes de llevar medias más tiempo, pida que le miren la circulación de las piernas.',
      otherCauses,
      noMedicine,
    ],
    help_unplanned: [
      'Una prueba en la que el azar elige las noches puede decir más.',
      'También puede comentarlo ya con un especialista en venas. No es un diagnóstico.',
      'Antes de llevar medias más tiempo, pida que le miren la circulación de las piernas.',
      otherCauses,
      noMedicine,
    ],
    worse: leaveOff,
    worse_unplanned: leaveOff,
    fewer_unclear: [
      'Una prueba en la que el azar elige las noches puede decir más.',
      'También puede comentarlo ya con un especialista en venas. No es un diagnóstico.',
      otherCauses,
      noMedicine,
    ],
    more_unclear: [
      'Hable con su médico antes de seguir con las medias.',
      'Una prueba en la que el azar elige las noches puede decir más.',
      'Un examen de las venas puede ser útil de todos modos.',
      noMedicine,
    ],
    no_clear_difference: lookFurther,
    much_alike: lookFurther,
  },
  safety: {
    screen: 'Según sus respuestas de seguridad, por ahora no debe llevar medias.',
    night: 'Según algo que usted anotó, por ahora no se ponga las medias.',
    ask: 'Según sus respuestas de seguridad, pregunte antes de llevar medias.',
    stays: 'Este resultado no lo cambia.',
    see: { screen: 'Ver sus respuestas de seguridad', night: 'Ver por qué', ask: 'Ver sus respuestas de seguridad' },
    first: 'No lleve medias antes de preguntar a un médico.',
    next: ['Enseñe este resultado a su médico.', otherCauses, noMedicine],
  },
  helpText: '¿Dolor en el pecho, una pierna fría, dedos de los pies dormidos, hinchazón nueva? No espere a tener un resultado.',

  gradeTitle: 'Cuánto puede fiarse',
  grades: {
    A: 'Grado A, el más alto. El azar eligió las noches con medias, y bastantes veces para un examen estricto de los datos.',
    B: 'Grado B, bueno. El azar eligió las noches con medias, pero pocas veces para el examen más estricto.',
    C: 'Grado C, más bajo. El azar no eligió las noches con medias. Otra cosa puede haber cambiado a la vez.',
    D: 'Grado D, bajo. Se comparan noches de una época con noches de otra. Los calambres van y vienen solos, así que esto nunca puede demostrar nada.',
  },
  methods: {
    exact: 'Sus noches se compararon con todos los demás órdenes que el azar pudo elegir.',
    monte_carlo: 'Sus noches se compararon con miles de otros órdenes que el azar pudo elegir.',
    staged: 'Los días para mirar el resultado se fijaron antes de empezar. Así, mirar antes no hace que el azar parezca un resultado.',
    model_trend: 'Tuvimos en cuenta que los calambres mejoran o empeoran poco a poco por sí solos.',
    model_adjusted: 'Tuvimos en cuenta que los calambres cambian poco a poco por sí solos, los fines de semana y la noche anterior.',
  },
  noStudy: 'No se encontró ningún estudio terminado sobre medias y calambres de noche.',
  idea: 'Charley prueba la idea de un especialista en venas.',
  worn: (kept: number, of: number) => `Llevó medias en ${kept} de las ${of} noches con medias.`,
  leftOff: (kept: number, of: number) => `No las llevó en ${kept} de las ${of} noches sin medias.`,
  warningsTitle: 'Tenga en cuenta',
  warnings: {
    finished_early: (n: number) => `Su prueba terminó antes, después de ${nights(n)}, porque la diferencia era grande. Es probable que la real sea menor que la que se ve aquí.`,
    stopped_early: (n: number) => `El resultado cuenta solo ${nights(n)}. Después se interrumpió la prueba o no se anotó nada.`,
    carry_over: () => 'Sin la primera noche después de cada cambio, la respuesta sería muy distinta. Las medias pueden seguir actuando una noche más.',
    uneven_logging: (gap: number) => `De las noches ${gap > 0 ? 'con' : 'sin'} medias anotó una parte mayor que de las otras. Eso puede torcer el resultado.`,
    low_adherence: (share: number) => `Las medias se llevaron según el plan solo el ${percent(share)} de las noches.`,
    unknown_wear: (n: number) => `${count(n, { one: 'noche queda', other: 'noches quedan' })} fuera. No sabemos si entonces llevaba medias.`,
    wear_follows_cramps: () => 'Llevó medias más a menudo después de noches malas. Después de una noche mala, los calambres suelen ceder solos.',
  },

  behind: 'Las noches en que se basa',
  recorded: (n: number) => `${count(n, { one: 'noche anotada', other: 'noches anotadas' })} en total.`,
  span: (range: string) => `Noches que cuentan: ${range}.`,
  tested: {
    any: '«Con medias» quiere decir: de día, en la cama o ambas cosas.',
    day: '«Con medias» quiere decir: de día, antes de la noche.',
    night: '«Con medias» quiere decir: en la cama.',
  },
  bothWays: ({ otherwise, unknown }) => {
    const other = otherwise > 0 ? ` En ${nights(otherwise)} no siguió el plan.` : '';
    const left = unknown > 0 ? ` ${count(unknown, { one: 'noche queda', other: 'noches quedan' })} fuera de «según el uso»: no sabemos qué llevó.` : '';
    return `Según el plan y según el uso no cuentan las mismas noches.${other}${left}`;
  },
  oneWay: 'Siguió el plan en todas estas noches. Por eso, según el plan y según el uso son lo mismo.',
  asPlanned: 'Según el plan',
  asWorn: 'Según el uso',
  rows: {
    on: 'Con medias',
    off: 'Sin medias',
    nights: 'Noches',
    cramps: 'Calambres',
    week: 'Calambres por semana',
    both: 'Comparación',
    ofTen: 'Por cada 10 sin medias',
    range: 'Margen',
  },
  ofTen,
  between,
  needs: {
    nights_on: (have: number, want: number) => `Noches con medias: ${have}. Hacen falta al menos ${want}.`,
    nights_off: (have: number, want: number) => `Noches sin medias: ${have}. Hacen falta al menos ${want}.`,
    cramps: (have: number, want: number) => `Calambres en esas noches: ${have}. Hacen falta al menos ${want}.`,
  },

  moreTitle: 'Qué más se comparó',
  moreNote: 'Son datos adicionales. No cambian el resultado.',
  freeNights: (share: number) => `De cada 10 noches, con medias hubo ${difference(share)} sin calambres.`,
  freeRange: (low: number, high: number) => `Puede estar entre ${difference(low)} y ${difference(high)}.`,
  minutes: (rr: number) => `Por cada 10 minutos de calambre sin medias, ${about(rr)} con ellas.`,
  pain: (on: number, off: number) => `Peor dolor en una noche con calambres: ${number.format(on)} de 10 con medias, ${number.format(off)} sin medias.`,

  visit: {
    title: 'Para su consulta',
    text: 'Una página para imprimir y llevar: su resultado y qué preguntar.',
    open: 'Abrir la página para mi consulta',
    offline: 'Hace falta conexión para abrir esta página.',
  },
  share: 'Enseñarlo a su médico',
  record: 'Anotar una noche',
};
export default es;
