import { counter } from '../../plural';
import type { RestoredTexts } from './en';

const count = counter('es');
const nights = (n: number) => count(n, { one: 'noche', other: 'noches' });

const es: RestoredTexts = {
  notice: {
    title: 'El servidor de su clínica se restauró',
    text: 'Sus noches están a salvo en este teléfono.',
    open: 'Ver qué hacer',
  },
  question: { text: (n) => `En este teléfono hay ${nights(n)} de una cuenta anterior.`, open: 'Ver y decidir' },
  lost: {
    title: 'El servidor de su clínica se restauró',
    text: 'Algo falló allí y se puso de nuevo una copia más antigua de los datos. Su cuenta es posterior a esa copia, y por eso el servidor no la conoce. Usted no ha hecho nada mal.',
    safe: (n, dates) => `${nights(n)}, ${dates}: a salvo en este teléfono.`,
    how: 'Qué hacer',
    steps: [
      'Cree una cuenta nueva. Puede usar el mismo correo y la misma contraseña.',
      'Charley le preguntará si las noches de este teléfono son suyas. Diga que sí, y pasarán a la cuenta nueva.',
      'Rellene de nuevo su primer día. Su plan y lo que compartió no están en este teléfono.',
    ],
    other: '¿Ya creó la cuenta nueva en otro teléfono? Entonces, entre con ella aquí.',
    meanwhile: 'Hasta entonces puede seguir anotando sus noches aquí.',
    go: 'Crear una cuenta nueva',
    stay: 'Volver a mi diario',
  },
  mine: {
    title: '¿Son suyas estas noches?',
    nights: (n, dates) => `${nights(n)}, ${dates}`,
    text: 'Están en este teléfono y son de una cuenta que se perdió al restaurar el servidor.',
    yes: 'Son mías',
    yesHint: 'Pasan a su diario nuevo. Si ya anotó allí alguna de estas noches, las dos anotaciones se juntan.',
    no: 'No son mías',
    noHint: 'Se quedan en este teléfono como están. No se le preguntará más.',
    taking: 'Un momento…',
    failed: 'No se pudieron pasar las noches. No se ha perdido nada. Inténtelo de nuevo.',
  },
  taken: {
    title: 'Sus noches están de vuelta',
    text: (n) => `${nights(n)} ${n === 1 ? 'está' : 'están'} ahora en su diario. Charley ${n === 1 ? 'la' : 'las'} envía al servidor por sí solo.`,
    go: 'Continuar',
  },
  nothing: { title: 'No hay nada que decidir', text: 'Ninguna noche de este teléfono espera respuesta.', go: 'Volver a mi diario' },
};
export default es;
