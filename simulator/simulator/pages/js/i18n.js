// The words of the page, in the language of the browser; Portuguese first.

const pt = {
  title: 'Telefone de demonstração', whoTitle: 'Quem está com o telefone?', whoLead: 'Escolha um cliente e converse com a empresa, como em um celular de verdade.',
  newPerson: 'Nome de uma nova pessoa', addPerson: 'Criar pessoa', number: 'Número da empresa', noMessages: 'Nenhuma conversa ainda',
  business: 'conta comercial', online: 'online', typing: 'digitando…', offline: 'Sem conexão com o simulador. Tentando de novo…',
  waitingApp: 'Aguardando o PyTake se conectar…', noNumber: 'Nenhum número registrado. Assim que o PyTake se registrar, a conversa aparece aqui.',
  hint: 'Esta é uma conversa de demonstração. As mensagens passam pelo PyTake de verdade.', write: 'Mensagem', send: 'Enviar', emoji: 'Emojis', attach: 'Anexar',
  today: 'Hoje', yesterday: 'Ontem', you: 'Você', pending: 'Enviando', accepted: 'Enviada', delivered: 'Entregue', read: 'Lida', lost: 'Não enviada',
  retry: 'Não enviada. Toque para tentar de novo.', options: 'Opções da mensagem', reply: 'Responder', copy: 'Copiar texto', edit: 'Editar', edited: 'editada', revoke: 'Apagar para todos', revoked: 'Mensagem apagada', react: 'Reagir com {emoji}', close: 'Fechar',
  identity: 'Identidade da pessoa', newNumber: 'Novo número', username: 'Nome de usuário', hidesPhone: 'Esconder o telefone da empresa', phoneHidden: '{phone} (escondido)', change: 'Mudar', newUserId: 'Receber outro código de usuário', stopMarketing: 'Parar de receber promoções', resumeMarketing: 'Voltar a receber promoções',
  menu: 'Menu', switchPerson: 'Trocar de pessoa', clear: 'Apagar conversa', clearAsk: 'Apagar esta conversa do telefone?', clearNote: 'O PyTake continua com o histórico.',
  dark: 'Tema escuro', light: 'Tema claro', choose: 'Escolher', toBottom: 'Ir para a última mensagem', cancelReply: 'Cancelar resposta',
  photo: 'Foto', place: 'Localização', voice: 'Mensagem de voz', video: 'Vídeo', document: 'Documento', sticker: 'Figurinha', audio: 'Áudio', contact: 'Contato',
  template: 'Modelo', sendPlace: 'Enviar localização', sharePhone: 'Compartilhar meu telefone', form: 'Formulário', unknown: 'Mensagem que este telefone não mostra',
  product: 'Produto', catalog: 'Ver catálogo', products: 'Ver produtos', callUs: 'Ligar agora', permitCalls: 'Permitir ligações', refuseCalls: 'Não permitir', giveAddress: 'Informar endereço', deck: 'Cartões',
  caption: 'Legenda da foto (opcional)', playVoice: 'Ouvir', order: 'Pedido', list: 'Lista', jumpTo: 'Ver a mensagem citada',
  logTitle: 'O que está acontecendo', logEmpty: 'Mande uma mensagem: as chamadas e os webhooks aparecem aqui.',
  'log.customer.sent': '{name} escreveu', 'log.customer.changed': '{name} mudou', 'log.heard': 'PyTake recebeu o aviso', 'log.heard.message': 'PyTake recebeu a mensagem', 'log.heard.status': 'PyTake soube: {status}', 'log.webhook.failed': 'PyTake não confirmou o webhook', 'log.webhook.dropped': 'Webhook abandonado',
  'log.webhook.unheard': 'Ninguém ouviu este webhook', 'log.graph.accepted': 'PyTake respondeu', 'log.graph.refused': 'Envio recusado', 'log.graph.read': 'PyTake marcou como lida', 'log.graph.call': 'Consulta do PyTake',
  'log.graph.mishap': 'Falha provocada', 'log.app.registered': 'PyTake conectado', 'log.app.known': 'App registrado, ainda sem endereço', 'log.status.dropped': 'Status descartado', typingToo: 'e está digitando', again: 'tentativa {attempt}', repeats: 'repete em {seconds} s',
  'what.number': 'número', 'what.user_id': 'código de usuário', 'what.username': 'nome de usuário', 'what.marketing': 'promoções',
  'status.sent': 'enviada', 'status.delivered': 'entregue', 'status.read': 'lida', 'status.failed': 'falhou', 'status.played': 'ouvida',
  error: 'Não deu certo: {message}',
}

const en = {
  title: 'Demo phone', whoTitle: 'Who holds the phone?', whoLead: 'Pick a customer and chat with the business, as on a real phone.',
  newPerson: 'Name of a new person', addPerson: 'Create person', number: 'Business number', noMessages: 'No conversation yet',
  business: 'business account', online: 'online', typing: 'typing…', offline: 'No connection to the simulator. Trying again…',
  waitingApp: 'Waiting for PyTake to connect…', noNumber: 'No number registered. The chat appears here once PyTake has registered.',
  hint: 'This is a demo conversation. The messages really pass through PyTake.', write: 'Message', send: 'Send', emoji: 'Emoji', attach: 'Attach',
  today: 'Today', yesterday: 'Yesterday', you: 'You', pending: 'Sending', accepted: 'Sent', delivered: 'Delivered', read: 'Read', lost: 'Not sent',
  retry: 'Not sent. Tap to try again.', options: 'Message options', reply: 'Reply', copy: 'Copy text', edit: 'Edit', edited: 'edited', revoke: 'Delete for everyone', revoked: 'Message deleted', react: 'React with {emoji}', close: 'Close',
  identity: 'Who this person is', newNumber: 'New number', username: 'Username', hidesPhone: 'Hide the phone from the business', phoneHidden: '{phone} (hidden)', change: 'Change', newUserId: 'Get another user ID', stopMarketing: 'Stop marketing messages', resumeMarketing: 'Resume marketing messages',
  menu: 'Menu', switchPerson: 'Switch person', clear: 'Delete conversation', clearAsk: 'Delete this conversation from the phone?', clearNote: 'PyTake keeps its history.',
  dark: 'Dark theme', light: 'Light theme', choose: 'Choose', toBottom: 'Go to the last message', cancelReply: 'Cancel reply',
  photo: 'Photo', place: 'Location', voice: 'Voice message', video: 'Video', document: 'Document', sticker: 'Sticker', audio: 'Audio', contact: 'Contact',
  template: 'Template', sendPlace: 'Send location', sharePhone: 'Share my phone number', form: 'Form', unknown: 'A message this phone does not show',
  product: 'Product', catalog: 'View catalog', products: 'View products', callUs: 'Call now', permitCalls: 'Allow calls', refuseCalls: 'Do not allow', giveAddress: 'Give address', deck: 'Cards',
  caption: 'Caption (optional)', playVoice: 'Play', order: 'Order', list: 'List', jumpTo: 'See the quoted message',
  logTitle: 'What is happening', logEmpty: 'Send a message: the calls and webhooks appear here.',
  'log.customer.sent': '{name} wrote', 'log.customer.changed': '{name} changed', 'log.heard': 'PyTake received the notice', 'log.heard.message': 'PyTake received the message', 'log.heard.status': 'PyTake learnt: {status}', 'log.webhook.failed': 'PyTake did not confirm the webhook', 'log.webhook.dropped': 'Webhook given up',
  'log.webhook.unheard': 'Nobody heard this webhook', 'log.graph.accepted': 'PyTake answered', 'log.graph.refused': 'Send refused', 'log.graph.read': 'PyTake marked as read', 'log.graph.call': 'PyTake asked',
  'log.graph.mishap': 'Fault on purpose', 'log.app.registered': 'PyTake connected', 'log.app.known': 'App registered, no address yet', 'log.status.dropped': 'Status dropped', typingToo: 'and is typing', again: 'attempt {attempt}', repeats: 'again in {seconds} s',
  'what.number': 'number', 'what.user_id': 'user ID', 'what.username': 'username', 'what.marketing': 'marketing messages',
  'status.sent': 'sent', 'status.delivered': 'delivered', 'status.read': 'read', 'status.failed': 'failed', 'status.played': 'played',
  error: 'That did not work: {message}',
}

const es = {
  title: 'Teléfono de demostración', whoTitle: '¿Quién tiene el teléfono?', whoLead: 'Elige un cliente y conversa con la empresa, como en un móvil de verdad.',
  newPerson: 'Nombre de una persona nueva', addPerson: 'Crear persona', number: 'Número de la empresa', noMessages: 'Aún no hay conversación',
  business: 'cuenta de empresa', online: 'en línea', typing: 'escribiendo…', offline: 'Sin conexión con el simulador. Reintentando…',
  waitingApp: 'Esperando que PyTake se conecte…', noNumber: 'Ningún número registrado. La conversación aparece aquí cuando PyTake se registre.',
  hint: 'Esta es una conversación de demostración. Los mensajes pasan de verdad por PyTake.', write: 'Mensaje', send: 'Enviar', emoji: 'Emojis', attach: 'Adjuntar',
  today: 'Hoy', yesterday: 'Ayer', you: 'Tú', pending: 'Enviando', accepted: 'Enviado', delivered: 'Entregado', read: 'Leído', lost: 'No enviado',
  retry: 'No enviado. Toca para reintentar.', options: 'Opciones del mensaje', reply: 'Responder', copy: 'Copiar texto', edit: 'Editar', edited: 'editado', revoke: 'Eliminar para todos', revoked: 'Mensaje eliminado', react: 'Reaccionar con {emoji}', close: 'Cerrar',
  identity: 'Identidad de la persona', newNumber: 'Número nuevo', username: 'Nombre de usuario', hidesPhone: 'Ocultar el teléfono a la empresa', phoneHidden: '{phone} (oculto)', change: 'Cambiar', newUserId: 'Recibir otro código de usuario', stopMarketing: 'Dejar de recibir promociones', resumeMarketing: 'Volver a recibir promociones',
  menu: 'Menú', switchPerson: 'Cambiar de persona', clear: 'Borrar conversación', clearAsk: '¿Borrar esta conversación del teléfono?', clearNote: 'PyTake conserva el historial.',
  dark: 'Tema oscuro', light: 'Tema claro', choose: 'Elegir', toBottom: 'Ir al último mensaje', cancelReply: 'Cancelar respuesta',
  photo: 'Foto', place: 'Ubicación', voice: 'Mensaje de voz', video: 'Vídeo', document: 'Documento', sticker: 'Sticker', audio: 'Audio', contact: 'Contacto',
  template: 'Plantilla', sendPlace: 'Enviar ubicación', sharePhone: 'Compartir mi teléfono', form: 'Formulario', unknown: 'Un mensaje que este teléfono no muestra',
  product: 'Producto', catalog: 'Ver catálogo', products: 'Ver productos', callUs: 'Llamar ahora', permitCalls: 'Permitir llamadas', refuseCalls: 'No permitir', giveAddress: 'Dar la dirección', deck: 'Tarjetas',
  caption: 'Texto de la foto (opcional)', playVoice: 'Escuchar', order: 'Pedido', list: 'Lista', jumpTo: 'Ver el mensaje citado',
  logTitle: 'Qué está pasando', logEmpty: 'Envía un mensaje: las llamadas y los webhooks aparecen aquí.',
  'log.customer.sent': '{name} escribió', 'log.customer.changed': '{name} cambió', 'log.heard': 'PyTake recibió el aviso', 'log.heard.message': 'PyTake recibió el mensaje', 'log.heard.status': 'PyTake supo: {status}', 'log.webhook.failed': 'PyTake no confirmó el webhook', 'log.webhook.dropped': 'Webhook abandonado',
  'log.webhook.unheard': 'Nadie oyó este webhook', 'log.graph.accepted': 'PyTake respondió', 'log.graph.refused': 'Envío rechazado', 'log.graph.read': 'PyTake lo marcó como leído', 'log.graph.call': 'Consulta de PyTake',
  'log.graph.mishap': 'Fallo provocado', 'log.app.registered': 'PyTake conectado', 'log.app.known': 'App registrada, aún sin dirección', 'log.status.dropped': 'Estado descartado', typingToo: 'y está escribiendo', again: 'intento {attempt}', repeats: 'otra vez en {seconds} s',
  'what.number': 'número', 'what.user_id': 'código de usuario', 'what.username': 'nombre de usuario', 'what.marketing': 'promociones',
  'status.sent': 'enviado', 'status.delivered': 'entregado', 'status.read': 'leído', 'status.failed': 'falló', 'status.played': 'escuchado',
  error: 'No funcionó: {message}',
}

const LANGUAGES = { pt, en, es }
const TAGS = { pt: 'pt-BR', en: 'en', es: 'es' }

function chosen() {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const short = tag.slice(0, 2).toLowerCase()
    if (short in LANGUAGES) return short
  }
  return 'pt'
}

const language = chosen()
export const locale = TAGS[language]

export function t(key, values = {}) {
  const text = LANGUAGES[language][key] ?? pt[key] ?? key
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
}
