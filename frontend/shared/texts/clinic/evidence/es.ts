import { counter } from '../../plural';
import type { EvidenceTexts } from './en';

const count = counter('es');
const nights = (n: number) => count(n, { one: 'noche', other: 'noches' });
const list = new Intl.ListFormat('es');

const es: EvidenceTexts = {
  intro: (patients, seed) =>
    `La comparación se ejecutó con ${patients} pacientes simulados por fila (semilla ${seed}), cada uno con su propio plan y sus propios calambres. Grupos más pequeños de los mismos tipos se simulan y comparan cada vez que se prueba el programa.`,
  worst: (share, scenarios) =>
    `De ${scenarios} tipos de pacientes a quienes las medias no hacían nada, ninguno recibió un aviso de menos calambres («las medias parecen ayudar»; sin plan, «diario propio, sin ensayo») más a menudo que en el ${share} de los casos.`,
  alike: (family, scenarios, share) =>
    `Como el paciente del que viene (${family.toLowerCase()}): ${count(scenarios, { one: 'tipo', other: 'tipos' })}, ninguno con avisos erróneos en más del ${share} de los casos. Estas filas van primero en cada tabla.`,
  alikeMark: 'como el paciente del que viene',
  nullTitle: 'Cuando las medias no hacen nada',
  nullText: 'Todos los avisos de esta tabla son erróneos. El intervalo acierta cuando contiene «igual».',
  biasedTitle: 'Lo que ninguna prueba puede reparar',
  biasedText: 'Aquí las medias tampoco hacen nada, pero el propio registro está inclinado. Las cifras muestran cuánto desvía eso.',
  powerTitle: 'Cuando las medias ayudan',
  powerText: 'Con qué frecuencia se avisa de un efecto verdadero. Que no haya aviso no equivale a que no haya efecto.',
  columns: {
    scenario: 'Pacientes',
    plan: 'Plan',
    rate: 'Calambres por noche sin medias',
    grade: 'Grado',
    help: 'Aviso «menos calambres»',
    worse: 'Aviso «más calambres»',
    unclear: '«Menos, causa incierta»',
    coverage: 'El intervalo del 95 % acierta',
    effect: 'Razón de tasas verdadera',
    found: 'Aviso «menos calambres»',
    median: 'Mediana de las estimaciones',
    used: 'Noches hasta la respuesta',
  },
  families: {
    randomized: 'Aleatorizado, con planes suficientes para una prueba exacta',
    staged: 'Aleatorizado, con revisiones previstas',
    few_blocks: 'Aleatorizado, pocos bloques',
    unplanned: 'Medias según venía',
    alternating: 'Medias por periodos fijos alternos',
    milestones: 'Diario sin final, revisiones en sus hitos',
    before_after: 'Antes y después',
  },
  scenarios: {
    poisson: 'los calambres llegan por igual',
    overdispersed: 'noches buenas y malas difieren más (varianza mayor que la media)',
    strongly_overdispersed: 'pocas noches con muchísimos calambres',
    zero_inflated: 'muchas noches sin ningún calambre',
    correlated: 'a noches malas siguen noches malas',
    strongly_correlated: 'rachas malas de muchas noches',
    improvement: 'los calambres ceden por sí solos',
    flare_in_the_middle: 'una racha mala a mitad',
    flare_at_the_start: 'una racha mala al principio que termina',
    weekend_cramps: 'más calambres en fin de semana',
    once_a_week: 'un calambre por semana',
    calm_nights_unlogged: 'sin registrar la mayoría de las noches sin calambres',
    calm_nights_off_unlogged: 'sin registrar la mayoría de las noches sin calambres y sin medias',
    wear_grows_while_cramps_fall: 'medias cada vez más a menudo mientras los calambres ceden solos',
    weekday_wear_weekend_cramps: 'medias entre semana, calambres en fin de semana',
    wear_after_a_bad_night: 'medias tras noches malas',
    wear_after_a_bad_spell: 'medias tras rachas malas',
    wear_stopped_in_a_bad_spell: 'medias abandonadas en rachas malas',
    started_after_a_bad_spell: 'medias desde una racha mala',
  },
  plan: {
    pairs: (pairs, blockNights) => `${count(pairs, { one: 'par', other: 'pares' })} de bloques de ${nights(blockNights)}`,
    blocks: (blocks, blockNights) => `${count(blocks, { one: 'bloque', other: 'bloques' })} de ${nights(blockNights)}`,
    beforeAfter: (before) => `${nights(before)} sin medias y luego con ellas`,
    diary: (length) => `diario de ${nights(length)}`,
    looks: (pairs) => `revisiones tras ${list.format(pairs)} pares`,
  },
  limitsTitle: 'Lo que estas cifras dejan abierto',
  limits: {
    simulated: 'Son pacientes simulados, no diarios reales.',
    model: 'El modelo ajusta solo por la noche anterior y por una tendencia en línea recta.',
    constant_effect: 'Se supone que el efecto de las medias es el mismo todas las noches.',
    serial_correlation: 'Una fuerte correlación entre noches, con 28 noches de periodos fijos con y sin medias, se acerca al límite.',
    coinciding_change: 'Un cambio natural justo el día en que se empiezan a llevar parece un efecto de las medias.',
    uneven_logging: 'Un diario sin plan engaña cuando solo quedan sin registrar las noches buenas sin medias.',
    expectation: 'Nadie puede ignorar si lleva medias, así que las expectativas pueden influir.',
    common_cause: 'Sin aleatorización, una causa no medida del uso y de los calambres engaña.',
  },
};
export default es;
