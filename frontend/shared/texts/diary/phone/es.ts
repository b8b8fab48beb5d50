import { counter } from '../../plural';
import type { PhoneTexts } from './en';

const count = counter('es');

const es: PhoneTexts = {
  kept: (nights, unsent) => `En este teléfono hay ${count(nights, { one: 'noche guardada', other: 'noches guardadas' })}. ${unsent === 0 ? 'Todo está enviado.' : `Sin enviar: ${unsent}.`}`,
  unread: 'Charley no ha podido ver qué hay guardado en este teléfono.',
  refused: {
    title: 'Charley no puede guardar nada aquí',
    text: 'Este navegador no deja que Charley guarde un diario en el teléfono. Nada de lo que escriba aquí se guardaría.',
    how: 'Qué puede hacer:',
    steps: [
      'Abra Charley en una ventana normal, no en una privada.',
      'Abra los ajustes del navegador. Deje que este sitio guarde datos.',
      'Si el teléfono está lleno, libere espacio.',
      'Después, vuelva a abrir Charley.',
    ],
  },
};
export default es;
