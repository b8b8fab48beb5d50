import { counter } from '../../plural';
import type { SharingTexts } from './en';

const count = counter('es');

const es: SharingTexts = {
  title: 'Compartir',
  state: {
    nobody: 'Solo usted puede ver su diario',
    shared: (n: number) => `Compartido con ${count(n, { one: 'médico', other: 'médicos' })}`,
    unknown: 'Quién puede ver su diario',
  },

  list: 'Quién puede ver su diario',
  nobody: 'Solo usted puede ver su diario.',
  since: (date: string) => `Desde el ${date}`,
  ended: 'Ya no se comparte',
  endedOn: (date: string) => `Hasta el ${date}`,
  stop: 'Dejar de compartir',
  stopTitle: (name: string) => `¿Dejar de compartir con ${name}?`,
  stopText: 'Desde ahora este médico no podrá abrir su diario. Lo que imprimió o guardó antes sigue en sus manos.',
  stopped: (name: string) => `${name} ya no puede ver su diario.`,

  add: 'Compartir con su médico',
  addText: 'Su médico le da un código, o una imagen que lee la cámara del teléfono. Primero verá el nombre. Luego usted decide.',
  code: 'Código de su médico',
  codeHint: 'Ocho letras y números. Da igual si son mayúsculas o minúsculas.',
  look: 'Buscar el código',
  looking: 'Buscando el código',
  unknown: 'Ningún médico tiene este código. Compruébelo con su médico.',
  mistyped: 'Hay un error en este código. Revíselo letra por letra.',
  renewed: 'Este texto acaba de cambiar. Léalo de nuevo, por favor.',
  offline: 'Para compartir hace falta conexión. Inténtelo cuando la tenga.',
  keptCode: 'El código queda guardado en este teléfono.',

  confirm: (name: string) => `¿Compartir su diario con ${name}?`,
  read: 'Por favor, lea esto antes:',
  agree: (name: string) => `Acepto: compartir con ${name}`,
  decline: 'No compartir',
  done: (name: string) => `${name} ya puede ver su diario.`,
  declined: 'No se ha compartido nada.',

  log: 'Quién ha mirado qué',
  logEmpty: 'Nadie ha mirado su diario.',
  logOffline: 'Esta lista está en el servidor. Ábrala de nuevo cuando tenga conexión.',
  logMore: 'Ver días anteriores',
  logLine: (who: string, what: string) => `${who} miró ${what}`,
  logFile: (who: string, what: string) => `${who} guardó ${what}`,
  logTimes: (times: string) => `Hora: ${times}`,
  looked: {
    roster: 'la lista de pacientes, con su resultado',
    nights: 'sus noches',
    result: 'su resultado',
    trials: 'sus pruebas con medias',
    health: 'sus respuestas sobre su salud',
    'chart timeline': 'el gráfico de sus noches',
    'chart comparison': 'el gráfico de su resultado',
    'chart calendar': 'su calendario',
    'chart overview': 'el gráfico de todos los pacientes, con su resultado',
    report: 'el informe para su consulta',
    history: 'cada cambio que usted hizo en una noche',
    'patient report': 'la hoja para usted, del informe',
    other: 'algo de su diario',
  },
  saved: {
    'nights.csv': 'un archivo de sus noches',
    'cramps.csv': 'un archivo de sus calambres',
    fhir: 'un archivo para la historia clínica',
    'visit.zip': 'todos los archivos para su consulta',
  },
};
export default es;
