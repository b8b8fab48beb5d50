import type { PasskeyTexts } from './en';

const es: PasskeyTexts = {
  title: 'Entrar sin contraseña',
  text: 'Su teléfono puede abrir Charley con la huella, la cara o el código del teléfono. Nada de eso sale del teléfono.',
  unsupported: 'Este navegador no puede hacerlo. Puede seguir con su contraseña.',
  offline: 'Para esto hace falta conexión. Inténtelo cuando la tenga.',
  ready: 'Ya está activado',
  none: 'Todavía no hay nada listo.',
  lastUsed: (date) => `Usado por última vez el ${date}`,
  phone: (number) => (number === 1 ? 'Mi teléfono' : `Mi teléfono ${number}`),
  name: 'Nombre para este teléfono',
  password: 'Su contraseña, una vez más',
  passwordHint: 'Así nadie más puede hacerlo en su teléfono.',
  make: 'Activar en este teléfono',
  made: 'Listo. La próxima vez puede abrir Charley sin la contraseña.',
  remove: (name) => `Quitar «${name}»`,
  removeTitle: (name) => `¿Quitar «${name}»?`,
  removeText: 'Podrá seguir entrando con su contraseña. Puede que el teléfono se lo siga ofreciendo hasta que lo borre allí.',
  removeYes: 'Quitar',
  removed: 'Quitado.',
  wrongPassword: 'Esta no es su contraseña. Inténtelo de nuevo.',
  notGiven: 'No se ha activado nada. Inténtelo cuando quiera.',
  nameTaken: 'Ya hay uno con este nombre. Elija otro.',
};

export default es;
