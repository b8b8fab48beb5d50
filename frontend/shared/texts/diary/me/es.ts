import { withArticle } from '../../hours';
import { counter } from '../../plural';
import type { MeTexts } from './en';

const count = counter('es');
const unsent = (n: number) => `${count(n, { one: 'anotación aún no se ha enviado', other: 'anotaciones aún no se han enviado' })}.`;

const es: MeTexts = {
  me: {
    title: 'Perfil',
    entries: 'Sus anotaciones',
    allSent: 'Todo lo que anotó está guardado en el servidor.',
    onlyHere: 'Sus noches están solo en este teléfono. El servidor ya no las tiene.',
    noEntries: 'Aún no hay ninguna noche anotada.',
    waiting: (n: number) => `${count(n, { one: 'anotación pendiente', other: 'anotaciones pendientes' })} de enviar desde este teléfono.`,
    attention: (n: number) => `${count(n, { one: 'anotación requiere', other: 'anotaciones requieren' })} su atención.`,
    sendNow: 'Enviar ahora',
    sending: 'Enviando…',
    export: 'Guardar lo no enviado en un archivo',
    profile: 'Sobre usted',
    profileEmpty: 'Añada su nombre y su país',
    firstDay: 'Su primer día',
    firstDayState: 'Preguntas de seguridad, medias, plan',
    firstDayDone: 'Ningún paso pendiente',
    helpState: 'Señales de alarma y número de emergencias',
    name: 'Nombre',
    birthYear: 'Año de nacimiento',
    country: 'País',
    countryHint: 'Para su número de emergencias.',
    noCountry: 'Sin indicar',
    usual: 'Calambres en una semana normal',
    save: 'Guardar',
    saved: 'Guardado',
    signedInAs: (email: string) => `Sesión iniciada como ${email}`,
    reminders: 'Avisos',
    remindersOff: 'Desactivados',
    remindersAt: (times) => `A ${times.map(withArticle).join(' y a ')}`,
    planState: {
      none: 'Aún no hay plan',
      ahead: (day) => `Empieza el ${day}.`,
      stopped: 'Interrumpido',
      finished: 'Terminó antes de tiempo',
      over: 'Terminado',
    },
    passkeys: 'Entrar sin contraseña',
    passkeysState: 'Huella, cara o código del teléfono',
    look: 'Aspecto e idioma',
    scheme: 'Claro u oscuro',
    schemes: { auto: 'Como el teléfono', light: 'Claro', dark: 'Oscuro' },
    language: 'Idioma',
    signOut: {
      title: 'Cerrar sesión',
      text: 'Su diario se quita de este teléfono. Sigue en el servidor.',
      ifUnsent: 'Su diario se quita de este teléfono. Antes hay que enviar lo pendiente o guardarlo en un archivo.',
      blocked: (n: number) => `${unsent(n)} Al cerrar sesión se ${n === 1 ? 'borraría' : 'borrarían'} de este teléfono.`,
      exported: 'El archivo está guardado. Si cierra sesión ahora, lo no enviado se borra de este teléfono.',
      unsaved: 'Ha escrito o marcado algo que aún no está guardado. Al cerrar sesión se borra:',
      anyway: 'Cerrar sesión y borrar lo no enviado',
    },
    removal: {
      title: 'Quitar el diario de este teléfono',
      text: 'Lo que se envió sigue en el servidor mientras exista su cuenta.',
      ifUnsent: 'Si ya no tiene cuenta, guarde lo no enviado en un archivo. Después puede quitar el diario de este teléfono.',
      blocked: (n: number) => `${unsent(n)} Se ${n === 1 ? 'borraría' : 'borrarían'} con el diario.`,
      exported: 'El archivo está guardado. Lo no enviado se borrará con el diario.',
      unsaved: 'Ha escrito o marcado algo que aún no está guardado. Se borra con el diario:',
      anyway: 'Quitar el diario y borrar lo no enviado',
    },
    signInToSend: 'Volver a iniciar sesión para enviar sus anotaciones',
    signOutOffline: 'Para cerrar sesión hace falta conexión.',
  },
};
export default es;
