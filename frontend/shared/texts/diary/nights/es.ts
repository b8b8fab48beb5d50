import type { NightsTexts } from './en';

const es: NightsTexts = {
  nights: {
    title: 'Noches',
    calendar: 'Calendario',
    list: 'Lista',
    view: 'Mostrar como',
    previous: 'Mes anterior',
    next: 'Mes siguiente',
    recordedOf: (recorded: number, of: number) => `Noches anotadas: ${recorded} de ${of}`,
    noneYet: 'Aún no hay ninguna noche anotada. Toque un día para anotarla.',
    beforeFirst: 'Antes de su primera noche anotada',
    legend: 'Qué significan las marcas',
    legendCramps: 'Calambres: cuanto más grande la marca, más calambres',
    legendNone: 'Sin calambres',
    legendGap: 'Sin anotar',
    legendOn: 'Medias puestas',
    legendOff: 'Sin medias',
    legendHalves: 'La mitad izquierda es el día; la derecha, la noche en la cama.',
  },

  night: {
    change: 'Cambiar',
    delete: 'Borrar esta noche',
    deleteTitle: '¿Borrar esta noche?',
    deleteText: 'La noche contará como no anotada. Podrá recuperarla en sus versiones anteriores.',
    deleteYes: 'Borrar',
    notYet: 'Esta noche aún no ha empezado',
    notYetText: 'Podrá anotarla ese día a partir de las doce del mediodía.',
    versions: 'Versiones anteriores',
    versionsOffline: 'El historial está en el servidor. Ábralo de nuevo cuando tenga conexión.',
    putBack: 'Recuperar esta noche',
    versionsNone: 'No hay versiones anteriores.',
    actions: { recorded: 'Anotada', imported: 'Añadida desde un archivo', corrected: 'Corregida', deleted: 'Borrada', refused: 'No se usó: ya había una anotación más reciente' },
    by: (who: string, when: string) => `${who}, ${when}`,
    you: 'Usted',
    late: 'Anotada más de un día después',
    before: 'Antes',
    after: 'Después',
    empty: 'nada',
  },
};

export default es;
