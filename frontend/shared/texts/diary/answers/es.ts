import type { AnswerTexts } from './en';

const es: AnswerTexts = {
  one: (day) => `La respuesta llega el ${day}, a mediodía.`,
  first: (first, latest) => `Primera respuesta posible: el ${first}; como muy tarde, el ${latest}, a mediodía.`,
  looked: (day) => `Se miró el ${day}: aún no está claro, la prueba sigue.`,
  due: (day) => `Se miró el ${day}. Lo que salió llega cuando haya conexión.`,
  next: (next, latest) => `Se mira otra vez el ${next}. La respuesta llega el ${latest} como muy tarde, a mediodía.`,
  last: (day) => `Se mira por última vez el ${day}, a mediodía. Ese día llega la respuesta.`,
  opensOn: (day) => `Su resultado se abre el ${day}, a mediodía.`,
  opensBy: (day) => `Su resultado se abre el ${day} como muy tarde, a mediodía.`,
  opened: (day) => `La respuesta estaba lista el ${day} a mediodía.`,
  early: 'Llegó antes de tiempo.',
  never: 'No llegó a empezar, así que no hay respuesta.',
  moved: (drawn, on) => `Se sorteó para empezar el ${drawn} y se cambió el ${on}.`,
  newStart: (day) => `Su primer día es ahora el ${day}.`,
  movedFrom: (day) => `Usted lo cambió desde el ${day}.`,
  movedWhy: (drawn, start) => `Usted cambió el comienzo del ${drawn} al ${start}. Por eso cambiaron también estas fechas.`,
};
export default es;
