import type { HelpTexts } from './en';

const es: HelpTexts = {
  intro: 'Charley no vigila sus anotaciones y no puede llamar para pedir ayuda.',
  now: 'Llame ahora mismo',
  emergency: [
    'Le cuesta respirar.',
    'El pecho le duele más al tomar aire o al toser.',
    'Tose sangre.',
    'El corazón le late muy rápido o de forma irregular.',
    'Se desmaya.',
    'De pronto una pierna está fría, pálida, dormida o débil, y duele.',
    'Le sangra una variz. Presione con fuerza y levante la pierna.',
  ],
  todayTitle: 'Vaya al médico hoy',
  todayIntro: 'Un coágulo de sangre puede parecer un calambre. Mire las dos piernas. Vaya al médico hoy si en una pierna hay:',
  today: [
    'hinchazón',
    'dolor, o le duele al tocarla',
    'piel caliente',
    'piel roja o más oscura (se ve peor en la piel morena o negra)',
    'venas duras y doloridas',
    'piel caliente que se extiende, y usted tiene fiebre',
  ],
  longTitle: 'Pida ayuda médica enseguida',
  long: [
    'Un calambre dura más de 10 minutos y no se pasa al estirar.',
    'Los calambres empiezan después de tocar algo tóxico o de que se infecte una herida.',
  ],
  stockingsTitle: 'Quítese las medias y consulte a su médico',
  stockings: [
    'Tiene los dedos de los pies dormidos, blancos, azules o fríos.',
    'El dolor aumenta.',
    'Le sale una ampolla o se le irrita la piel.',
    'Se le hincha la pierna o el pie.',
    'Le falta el aire: llame al número de emergencias.',
  ],
  soonTitle: 'Consulte pronto a su médico',
  soon: ['Los calambres le quitan el sueño a menudo.', 'Una pierna está dormida o hinchada.', 'Un músculo de la pierna se debilita o adelgaza.'],
};
export default es;
