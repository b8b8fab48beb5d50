import { counter } from '../plural';
import type { DiaryTexts } from './en';

const count = counter('es');
const cramps = (n: number) => count(n, { one: 'calambre', other: 'calambres' });
const nights = (n: number) => count(n, { one: 'noche', other: 'noches' });

const es: DiaryTexts = {
  name: 'Charley',
  skip: 'Ir al contenido',
  count: { cramps, nights },
  nav: { label: 'Secciones', today: 'Hoy', nights: 'Noches', result: 'Resultado', me: 'Perfil' },
  close: 'Cerrar',
  cancel: 'Cancelar',
  loading: 'Un momento',

  state: {
    label: 'Estado de sus anotaciones',
    saved: 'Guardado en este teléfono',
    sent: 'Enviado',
    allSent: 'Todo enviado',
    attention: 'Requiere su atención',
    refused: {
      notBegun: 'Para el servidor, esta noche aún no ha empezado. Compruebe la fecha del teléfono. Si no era correcta, borre esta anotación y anote la noche que corresponde.',
      tooLarge: 'Es demasiado larga. Acorte la nota y vuelva a guardar.',
      invalid: 'Una respuesta no encaja. Revise las respuestas y vuelva a guardar.',
      other: 'Pruebe «Enviar ahora» en «Perfil». Si sigue igual, guarde allí la anotación en un archivo y avise a su clínica.',
    },
    explain: {
      saved: 'Su anotación está segura en este teléfono. Se enviará cuando haya conexión.',
      sent: 'Su anotación está guardada aquí y en el servidor.',
      attention: 'El servidor no aceptó esta anotación. Sigue segura en este teléfono.',
      combined: 'Esta noche también se cambió en otro dispositivo. Se han unido las dos anotaciones. Compruebe que todo esté bien.',
    },
  },

  connection: {
    full: 'No queda espacio en este teléfono y no se puede guardar nada nuevo. Lo que ha escrito sigue en la pantalla. Libere espacio en el teléfono y vuelva a guardar.',
    clock: (now) => `El reloj de este teléfono parece ir mal: marca ${now}. Póngalo en hora en los ajustes del teléfono y compruebe qué noche anota.`,
    offline: 'Sin conexión. Puede continuar: las anotaciones se guardan en este teléfono.',
    signedOut: 'Vuelva a iniciar sesión para enviar sus anotaciones. Están seguras en este teléfono.',
    signIn: 'Iniciar sesión',
    noAccount: 'Ya no tengo cuenta',
    phone: 'Este teléfono no ha dejado que Charley lea o guarde anotaciones. Cierre Charley y vuelva a abrirlo.',
    trouble: 'Ahora mismo no se puede contactar con el servidor. Charley lo intentará de nuevo por sí solo.',
  },

  update: { ready: 'Hay una nueva versión de Charley.', apply: 'Usarla ahora', later: 'Más tarde' },

  problem: {
    missing: 'Esta página aún no está en el teléfono',
    missingText: 'La primera vez necesita conexión.',
    again: 'Intentarlo de nuevo',
    title: 'Algo ha fallado',
    text: 'Cierre Charley y vuelva a abrirlo. Si esta página aparece otra vez, avise a su clínica.',
    reload: 'Abrir de nuevo',
    notFound: 'Esta página no existe',
    notFoundText: 'Puede que el enlace sea antiguo. Su diario está en «Hoy».',
    offline: 'Para esto hace falta conexión. Inténtelo cuando la tenga.',
    server: 'El servidor no ha podido responder. Inténtelo de nuevo dentro de un minuto.',
    phone: 'Este teléfono no ha podido hacerlo. Cierre Charley, vuelva a abrirlo e inténtelo otra vez.',
    tooMany: 'Demasiados intentos. Espere unos minutos y vuelva a intentarlo.',
  },

  help: {
    open: 'Ayuda',
    title: 'Cuándo pedir ayuda',
    watched: 'Nadie vigila estas páginas a todas horas.',
    call: (number: string) => `Llamar al ${number}`,
    callUnknown: 'Llame a su número de emergencias: 112 o 911 en muchos países.',
    country: 'Indique su país en «Perfil» para ver aquí su número de emergencias.',
  },

  password: { show: 'Ver', hide: 'Ocultar', reveal: 'Ver la contraseña' },

  invitation: { text: 'Ha abierto un enlace para compartir su diario con un médico.', open: 'Leer y decidir' },

  today: {
    title: '¿Qué tal anoche?',
    isOver: '¿Ha terminado la noche?',
    up: 'Ya me he levantado',
    upHint: 'Luego Charley pregunta qué tal fue.',
    goesOn: 'La noche no ha terminado',
    titleOther: '¿Qué tal esa noche?',
    earlier: 'Noche anterior',
    later: 'Noche siguiente',
    night: 'Noche',
    none: 'Sin calambres',
    some: 'Tuve calambres',
    howMany: '¿Cuántos calambres?',
    change: 'Cambiar',
    missing: (weekday: string) => `La noche del ${weekday} está sin anotar.`,
    add: 'Anotarla',
    leave: 'Dejarla así',
    crampNow: 'Tengo un calambre',
    timerRuns: 'El reloj del calambre está en marcha',
    stepsOpen: (n: number) => count(n, { one: 'paso pendiente', other: 'pasos pendientes' }),
    firstSteps: 'Su primer día',
    waits: { stockings: 'Ya tengo las medias', asking: 'Ya he preguntado' },
    firstDay: 'Cada mañana, una pregunta. Son unos segundos.',
    thanks: 'Gracias. Eso es todo sobre esta noche.',
    thanksWorn: 'Queda anotado que llevó medias. Por ahora, no se las ponga, por favor.',
    openTonight: 'Anotar la noche que empieza hoy',
  },

  marked: {
    told: (n: number) => `Durante la noche usted marcó ${cramps(n)}.`,
    ask: (n: number) => `Durante la noche usted marcó ${cramps(n)}. ¿Fue por error?`,
    none: 'Sí, fue por error. No tuve calambres',
    pending: (n: number) => `Usted marcó ${cramps(n)} que aún no ${n === 1 ? 'está' : 'están'} en esta noche.`,
    add: 'Añadir',
    leaveOut: 'Dejar fuera',
  },

  plan: {
    title: 'Su plan',
    on: { any: 'Póngase medias', day: 'Póngase medias de día', night: 'Póngase medias en la cama esta noche' },
    off: { any: 'Sin medias', day: 'Sin medias durante el día', night: 'Sin medias en la cama esta noche' },
    when: { any: 'De día, en la cama o ambas', day: 'Desde que se levante hasta acostarse', night: 'Desde que se acueste hasta levantarse' },
    tonight: 'Esta noche',
    nothingInBed: 'Nada previsto en la cama',
    fromMorning: (day: string) => `Desde esta mañana, ${day}`,
    fromEvening: (day: string) => `Por la noche, ${day}`,
    next: {
      on: { any: 'póngase medias', day: 'póngase medias de día', night: 'póngase medias en la cama' },
      off: { any: 'sin medias', day: 'sin medias durante el día', night: 'sin medias en la cama' },
    },
    cell: (assigned: boolean | null) => (assigned === null ? 'nada previsto' : assigned ? 'día con medias' : 'día sin medias'),
    ahead: (day: string) => `Su prueba empieza el ${day}.`,
    stopped: 'Usted interrumpió la prueba. Para esta noche no hay nada previsto.',
    finished: 'Su prueba terminó antes de tiempo: la respuesta es lo bastante clara. Para esta noche no hay nada previsto.',
    over: 'Su prueba ha terminado. Gracias por cada noche. Para esta noche no hay nada previsto.',
    leaveOff: 'Por ahora, no se ponga las medias',
    leaveOffText: 'Sus respuestas de seguridad desaconsejan las medias. Si las lleva puestas, quíteselas. Pregunte a su médico antes de volver a ponérselas.',
    leaveOffTold: (what: string, night: string) => `Usted anotó: ${what} (${night}). Si las lleva puestas, quíteselas y pregunte a su médico.`,
    leaveOffEnd: 'Ya pasó, o ya he preguntado',
    cellOff: 'por ahora, sin ponérselas',
    askFirst: 'Pregunte antes de ponerse medias',
    askFirstText: 'Sus respuestas de seguridad dicen que antes debe estar de acuerdo un médico o una enfermera.',
    leaveOffWhy: 'Ver por qué y a quién preguntar',
    leaveOffPlan: 'El plan queda tal como se sorteó. Por ahora no lo siga.',
    all: 'Todo el plan',
    result: 'Ver el resultado',
  },

  advice: {
    emergency: 'Si ahora le falta el aire, pida ayuda de inmediato. Si ya se le ha pasado, vaya al médico hoy mismo.',
    long: 'Más de 10 minutos es mucho para un calambre. Dígaselo a su médico. Si aún no se le ha quitado, pida ayuda médica de inmediato.',
    stop: 'Quítese las medias y pregunte a su médico antes de volver a ponérselas.',
  },

  form: {
    cramp: (n: number) => `Calambre ${n}`,
    worn: 'Las llevé',
    notWorn: 'No las llevé',
    unknown: 'No lo sé',
    yes: 'Sí',
    no: 'No',
    notAnswered: 'Sin respuesta',
    problemNames: {
      itch: 'Picor',
      discomfort: 'Incómodas',
      pain: 'Dolor',
      tight: 'Muy apretadas',
      heat: 'Mucho calor',
      donning: 'Difíciles de poner',
      skin: 'Piel irritada',
      numb: 'Dedos de los pies dormidos',
      cold_or_color: 'Dedos de los pies fríos, blancos o azules',
      swelling: 'Hinchazón',
      breathless: 'Falta de aire',
      other: 'Otro',
    },
    outOfRange: (low: string, high: string) => `Escriba un número de ${low} a ${high}.`,
    fixFirst: 'Revise una respuesta antes de guardar.',
    stockingWords: {
      both: 'con medias día y noche',
      day: 'con medias durante el día',
      night: 'con medias en la cama',
      none: 'sin medias',
      noneByDay: 'sin medias durante el día',
      noneInBed: 'sin medias en la cama',
      unknown: 'sin respuesta sobre las medias',
    },
    notSaved: 'No se ha podido guardar en el teléfono. Compruebe que queda espacio libre e inténtelo de nuevo.',
  },

  words: {
    none: 'Sin calambres',
    cramps,
    notRecorded: 'Sin anotar',
  },
};
export default es;
