import type { ReminderTexts } from './en';

const es: ReminderTexts = {
  title: 'Avisos',
  text: 'Charley puede preguntarle por la mañana cómo pasó la noche. El mensaje no dice nada de su salud, así que no importa si otros lo ven.',

  morning: 'Por la mañana',
  morningHint: 'Charley no le avisa si ya ha anotado la noche.',
  evening: 'Por la noche',
  eveningHint: 'Solo durante una prueba con medias. Le dice que su plan está listo.',
  none: 'Sin aviso',
  other: 'Otra hora',
  time: { morning: 'Hora de la mañana', evening: 'Hora de la noche' },

  phone: 'En este teléfono',
  on: 'Los avisos están activados en este teléfono.',
  turnOn: 'Activar los avisos',
  turnOnHint: 'Su teléfono le preguntará si Charley puede enviarle notificaciones. Elija «Permitir».',
  turnOff: 'Desactivar en este teléfono',
  noTime: 'Elija primero una hora.',
  dismissed: 'Los avisos siguen desactivados. Toque otra vez y elija «Permitir» cuando su teléfono le pregunte.',
  blocked: 'Su navegador bloquea los mensajes de Charley.',
  blockedHow: [
    'Abra el menú de su navegador y entre en los ajustes.',
    'Busque las notificaciones y, dentro, este sitio.',
    'Permita las notificaciones y vuelva aquí.',
  ],
  homeScreen: 'En un iPhone, los avisos funcionan cuando Charley está en la pantalla de inicio.',
  homeScreenHow: [
    'Toque el botón de compartir, el cuadrado con la flecha.',
    'Toque «Añadir a pantalla de inicio».',
    'Abra Charley desde allí y vuelva a esta página.',
  ],
  unsupported: 'Este navegador no puede mostrar avisos. En su lugar puede avisarle su calendario.',
  noServer: 'Su clínica no ha activado los mensajes. En su lugar puede avisarle su calendario.',
  failed: 'Este teléfono no ha podido activar los avisos. Inténtelo de nuevo dentro de un minuto.',
  offline: 'Para esto hace falta conexión. Inténtelo cuando la tenga.',

  calendar: 'En su calendario',
  calendarText: 'También puede poner las horas en el calendario de su teléfono. Le avisa por sí solo, incluso sin Charley.',
  calendarGet: 'Guardar el archivo de calendario',
  calendarHow: 'En un iPhone, abra el archivo y toque «Añadir todo». En un teléfono Android, ábralo con su aplicación de calendario. Si cambia una hora aquí, guarde el archivo otra vez.',
};

export default es;
