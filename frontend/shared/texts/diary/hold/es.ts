import type { HoldTexts } from './en';

const es: HoldTexts = {
  title: 'Por qué no ponerse las medias',
  intro: 'Esto va antes que el plan. Una noche buena no basta para que termine. Termina cuando usted dice aquí qué ha cambiado.',
  none: 'Ahora nada de lo que anotó desaconseja las medias',
  noneText: 'Si algo duele, se duerme o se hincha, anótelo con la noche. Charley se lo dirá enseguida.',
  stillBlocked: 'Usted dijo que puede llevarlas. Sus respuestas de seguridad siguen ahí, así que no se ofrece un plan nuevo.',
  since: (day: string) => `Desde el ${day}`,
  safety: 'Sus respuestas de seguridad',
  safetyText: 'Una respuesta o una señal de alarma desaconseja las medias.',
  toSafety: 'Ver sus respuestas de seguridad',
  toNight: 'Ver o corregir esta noche',
  askedText: 'Pregunte a un médico, a una enfermera o a un especialista en venas. Cuénteles lo que anotó.',
  mistake: 'Había respondido por error',
  on: '¿Qué día?',
  chosen: (day: string) => `Ha elegido el ${day}.`,
  bounds: (first: string, last: string) => `Elija un día desde el ${first} hasta el ${last}.`,
  save: 'Guardar',
  logged: 'Lo que diga aquí se guarda. Puede leerlo el médico con quien comparta el diario.',
};
export default es;
