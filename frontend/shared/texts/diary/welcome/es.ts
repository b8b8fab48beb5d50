import type { WelcomeTexts } from './en';

const es: WelcomeTexts = {
  title: '¿Cómo pasa las noches?',
  text: 'Anote cada mañana, en unos segundos, los calambres de sus piernas. Charley compara las noches con medias de compresión y sin ellas, y le dice con sinceridad lo que se puede ver.',
  notDiagnosis: 'Charley no hace diagnósticos.',
  signUp: 'Empezar un diario',
  signIn: 'Iniciar sesión',
  haveAccount: 'Ya tengo una cuenta',
  noAccount: 'Es mi primera vez',
  name: 'Su nombre',
  nameHint: 'El que verá su médico si comparte el diario.',
  email: 'Correo electrónico',
  password: 'Contraseña',
  passwordHint: 'Al menos 10 caracteres. Tres o cuatro palabras seguidas se recuerdan bien.',
  busy: 'Un momento…',
  offline: 'Para iniciar sesión o empezar un diario hace falta conexión.',
  passkey: 'Entrar con huella, cara o código del teléfono',
  passkeyNotGiven: 'No se ha desbloqueado nada. Inténtelo de nuevo o use su contraseña.',
  passkeyUnknown: 'Aquí aún no se reconoce este teléfono. Use su contraseña.',
  wrong: 'El correo y la contraseña no coinciden. Compruebe los dos e inténtelo de nuevo.',
  needName: 'Escriba su nombre.',
  needEmail: 'Escriba su correo electrónico, por ejemplo maria@example.org.',
  needPassword: 'Escriba una contraseña de 10 a 128 caracteres.',
  exists: 'No se ha podido crear la cuenta. Si ya tiene una, inicie sesión.',
  physician: 'Esta cuenta es de un médico.',
  toClinic: 'Abrir la página de la clínica',
  restored: 'Cree aquí una cuenta nueva. Después Charley le preguntará si las noches de este teléfono son suyas.',
  sharing: 'Primero inicie sesión o empiece un diario. Después podrá compartirlo con su médico.',
};

export default es;
