import type { organization as source } from '../pt-br/organization'

export const organization: typeof source = {
  organization: {
    title: 'Empresa',
    subtitle: 'Los datos de tu empresa, el plan y cuánto de él está en uso.',
    details: 'Datos de la empresa',
    readOnly: 'Puedes ver estos datos, pero no cambiarlos.',
    name: 'Nombre',
    nameHint: 'Lo ve el equipo y aparece en las invitaciones por correo.',
    nameMissing: 'Escribe el nombre de la empresa.',
    slug: 'Identificador',
    slugHint:
      'El nombre corto de la empresa en esta instalación: se usa en los comandos del servidor y para confirmar la eliminación. Cambiarlo no afecta a las claves de API ni a las conversaciones.',
    slugInvalid:
      'Usa letras minúsculas sin acento, números y guiones simples, como panaderia-aurora.',
    timezone: 'Zona horaria',
    timezoneHint:
      'Vale para todo el equipo: la hora de las conversaciones, los informes y el día en que empieza el mes de mensajes.',
    timezoneSearch: 'Busca por ciudad o país',
    timezoneNone: 'Ninguna zona con ese nombre.',
    timezoneNow: 'Ahora son las {{time}} en la empresa.',
    timezonesBrazil: 'Brasil',
    timezonesWorld: 'Mundo',
    locale: 'Idioma de la empresa',
    localeHint:
      'Cada persona elige en el menú de la cuenta el idioma en que usa PyTake; este es el de la empresa.',
    save: 'Guardar cambios',
    discard: 'Descartar',
    saved: 'Datos de la empresa guardados.',
    plan: 'Plan',
    plans: {
      free: 'Gratuito',
      starter: 'Inicial',
      professional: 'Profesional',
      enterprise: 'Empresarial',
    },
    planText: 'El plan y los límites los define quien administra esta instalación.',
    planUntil: 'Vale hasta el {{date}}.',
    planEnded:
      'El plan venció el {{date}}. Desde entonces valen los límites del plan gratuito, donde son menores.',
    planNearEnd:
      'El plan vence el {{date}}. Después valen los límites del plan gratuito, donde son menores.',
    since: 'Desde {{date}}',
    unlimited: 'ilimitado',
    used: '{{used}} en uso',
    usedMore: 'más de {{used}} en uso',
    usedOf: '{{used}} de {{allowed}}',
    left: 'Quedan {{count}}.',
    nearLimit: '{{percent}} del límite.',
    atLimit: 'Límite alcanzado: para crear más, quita alguno o pide un plan mayor.',
    overLimit: 'Por encima del límite: no se borró nada, pero no se puede crear más.',
    atMessageLimit: 'Se acabaron los mensajes del mes.',
    limits: {
      max_chatbots: 'Bots',
      max_whatsapp_numbers: 'Números de WhatsApp',
      max_contacts: 'Contactos',
      max_agents: 'Personas que atienden',
      max_departments: 'Departamentos',
      monthly_message_limit: 'Mensajes enviados en el mes',
    },
    limitHints: {
      max_contacts: 'Quien te escribe siempre entra, incluso por encima del límite.',
      max_agents: 'Quien solo observa no cuenta.',
    },
    messages: 'Mensajes',
    messagesText:
      'Mensajes de cada mes, contados con algunos segundos de retraso en la zona horaria de la empresa.',
    sent: 'Enviados',
    received: 'Recibidos',
    monthSummary: '{{month}}: {{sent}} enviados, {{received}} recibidos',
    monthLimit: 'Límite del mes: {{limit}}',
    months: 'Mensajes por mes',
    noMessages: 'Todavía no ha pasado ningún mensaje por aquí.',
    pausedTitle: 'Se acabaron los mensajes del mes',
    pausedText:
      'Hasta el {{date}} los bots callan y no se envía nada. Lo que escriban los clientes sigue llegando. Un límite mayor lo libera al instante.',
    danger: 'Eliminar la empresa',
    dangerText: 'Deja fuera a todo el equipo de una vez. Mira antes qué ocurre.',
    dangerFacts: {
      out: 'Al instante salen todas las personas, las claves de API dejan de valer y los bots callan.',
      kept: 'No se borra nada: conversaciones, contactos y archivos quedan en la base de datos de esta instalación, sin plazo, y lo que escriban los clientes se sigue guardando.',
      back: 'Quien administra la instalación puede traer la empresa de vuelta tal como estaba, o borrar los datos para siempre, a mano.',
      trail:
        'La auditoría nunca se borra, y el identificador {{slug}} no queda libre para otra empresa.',
    },
    delete: 'Eliminar la empresa…',
    deleteQuestion: '¿Eliminar {{name}}?',
    deleteConsequence:
      'Todas las personas, tú también, pierden el acceso ahora. Solo quien administra la instalación puede deshacerlo.',
    deleteConfirm: 'Eliminar la empresa',
    deleted: 'La empresa fue eliminada.',
  },
}
