import type { composer as source } from '../pt-br/composer'

export const composer: typeof source = {
  composer: {
    title: 'Responder',
    label: 'Mensaje para {{name}}',
    placeholder: 'Escribe un mensaje',
    send: 'Enviar',
    reply: 'Responder a este mensaje',
    removeQuote: 'No citar este mensaje',
    discard: 'Descartar',
    left_one: 'Queda {{count}} carácter',
    left_many: 'Quedan {{count}} caracteres',
    left_other: 'Quedan {{count}} caracteres',
    tooLong_one: '{{count}} carácter de más',
    tooLong_many: '{{count}} caracteres de más',
    tooLong_other: '{{count}} caracteres de más',
    kept: 'Lo que ya escribiste queda guardado.',
    attach: 'Adjuntar archivos',
    files: 'Archivos por enviar',
    removeFile: 'Quitar {{name}}',
    caption: 'Escribe un pie de foto',
    drop: 'Suelta para enviar a {{name}}',
    uploading: 'Envío del archivo',
    stop: 'Cancelar envío',
    fileEmpty: '“{{name}}” está vacío.',
    fileKind:
      '“{{name}}”: WhatsApp no acepta este tipo de archivo. Acepta fotos JPG y PNG, videos MP4 y 3GP, audios MP3, M4A, AAC, AMR y OGG, y documentos PDF, Word, Excel, PowerPoint y TXT.',
    fileLarge: '“{{name}}” pesa {{size}}. WhatsApp acepta {{kind}} de hasta {{limit}}.',
    kinds: {
      image: 'fotos',
      video: 'videos',
      audio: 'audios',
      document: 'documentos',
      sticker: 'stickers',
    },
    closing: 'La ventana de 24 horas se cierra en {{time}}.',
    obstacle: {
      group: {
        title: 'Solo lectura.',
        text: 'WhatsApp no permite que la empresa escriba en grupos desde aquí.',
      },
      viewer: {
        title: 'Solo puedes leer.',
        text: 'Para responder, pide acceso a quien administra la empresa.',
      },
      over: {
        title: 'Esta conversación terminó.',
        text: 'Cuando {{name}} escriba de nuevo, se abre una conversación nueva en la lista.',
      },
      number: {
        title: 'El número de esta conversación fue desconectado.',
        text: 'Conecta el número de nuevo para responder.',
      },
      never: {
        title: '{{name}} todavía no escribió.',
        text: 'WhatsApp solo deja responder a quien escribió primero. Antes de eso, solo una plantilla aprobada, que se puede enviar por la API.',
      },
      window: {
        title: 'La ventana de 24 horas se cerró ({{time}}).',
        text: 'En cuanto {{name}} escriba de nuevo, respondes por aquí. Mientras tanto WhatsApp solo acepta una plantilla aprobada, que se puede enviar por la API.',
      },
    },
  },
  voice: {
    title: 'Grabación de voz',
    record: 'Grabar mensaje de voz',
    asking: 'Permite el micrófono donde pregunta el navegador.',
    recording: 'Grabando…',
    paused: 'En pausa',
    pause: 'Pausar la grabación',
    resume: 'Seguir grabando',
    listen: 'Parar y escuchar',
    recorded: 'Tu grabación',
    send: 'Enviar grabación',
    discard: 'Descartar grabación',
    problem: {
      denied:
        'El navegador no permitió usar el micrófono. Permítelo en el candado junto a la dirección de esta página e inténtalo de nuevo.',
      missing: 'No hay micrófono en este dispositivo. Conecta uno e inténtalo de nuevo.',
      insecure: 'El micrófono solo funciona en páginas seguras (https).',
      failed: 'No se pudo grabar. Puede que otro programa esté usando el micrófono.',
    },
  },
  reactions: {
    react: 'Reaccionar',
    with: 'Reaccionar con {{emoji}}',
    takeBack: 'Quitar {{emoji}}',
    other: 'Otro emoji',
  },
}
