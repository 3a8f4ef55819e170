import type { door as source } from '../pt-br/door'

export const door: typeof source = {
  links: {
    missingTitle: 'Falta una parte de la dirección',
    missingText:
      'Abre de nuevo el enlace que llegó a tu correo, completo. Por seguridad, esta página no lo guarda.',
    unusableTitle: 'Este enlace ya no sirve',
    unusable: {
      reset_password:
        'Ya se usó, venció o fue reemplazado por uno más nuevo. Cada enlace sirve una vez, durante una hora.',
      verify_email:
        'Ya se usó o venció. Si tu correo todavía no está confirmado, pide otro enlace en tu perfil.',
      invitation:
        'Ya se usó, venció o fue retirado. Si ya creaste tu cuenta, entra con ella; si no, pide otra invitación a quien te invitó.',
    },
    askForAnother: 'Pedir otro enlace',
    toSignIn: 'Ir a iniciar sesión',
    entering: 'Entrando en tu cuenta…',
    signInNow: 'Ahora entra con la contraseña que acabas de elegir.',
  },
  forgot: {
    title: '¿Olvidaste tu contraseña?',
    text: 'Escribe el correo de tu cuenta. Te enviaremos un enlace para elegir una nueva contraseña.',
    submit: 'Enviar el enlace',
    sentTitle: 'Revisa tu correo',
    sentText:
      'Si hay una cuenta con <strong>{{email}}</strong>, un correo con el enlace está en camino. Sirve durante una hora.',
    notThere:
      '¿No llegó? Espera unos minutos, mira la carpeta de spam y comprueba que el correo esté bien.',
    outbox: 'Esta instalación no envía correos: sus mensajes quedan en la bandeja de salida.',
    openOutbox: 'Abrir la bandeja de salida',
    noMail: 'Este servidor no envía correos. Pide ayuda a quien administra PyTake en tu empresa.',
    other: 'Probar con otro correo',
  },
  reset: {
    title: 'Elige una nueva contraseña',
    text: 'Para <strong>{{email}}</strong>, en {{organization}}.',
    password: 'Nueva contraseña',
    submit: 'Guardar y entrar',
    others: 'Por seguridad, todos los dispositivos saldrán de la cuenta.',
    done: 'Nueva contraseña guardada',
  },
  verify: {
    title: 'Confirma tu correo',
    text: 'Confirma que <strong>{{email}}</strong> es tuyo.',
    submit: 'Confirmar',
    done: 'Correo confirmado',
    doneText: 'Listo: <strong>{{email}}</strong> es tuyo, y lo sabemos.',
    goOn: 'Continuar',
  },
  invitation: {
    title: 'Únete al equipo de {{organization}}',
    text: '<strong>{{inviter}}</strong> te invitó como <strong>{{role}}</strong>. Revisa tu nombre y elige una contraseña.',
    textNobody:
      'Te invitaron como <strong>{{role}}</strong>. Revisa tu nombre y elige una contraseña.',
    name: 'Tu nombre completo',
    nameMissing: 'Escribe tu nombre.',
    password: 'Tu contraseña',
    submit: 'Crear cuenta y entrar',
    done: 'Cuenta creada',
    takenTitle: 'Ya tienes una cuenta',
    takenText:
      '<strong>{{email}}</strong> ya pertenece a una cuenta de PyTake. Entra con ella, o pide una invitación a otro correo.',
  },
  outbox: {
    title: 'Bandeja de salida',
    text: 'Esta instalación no tiene servidor de correo. Los mensajes que enviaría quedan aquí, visibles solo en este equipo.',
    to: 'Para {{recipient}}',
    emptyTitle: 'Todavía no hay mensajes',
    emptyText:
      'Las invitaciones y los enlaces para nuevas contraseñas aparecen aquí al escribirse.',
    closedTitle: 'La bandeja de salida no está abierta aquí',
    closedText:
      'Solo existe en instalaciones de desarrollo sin servidor de correo, y solo en el propio equipo.',
    status: {
      pending: 'En camino',
      sent: 'Enviada',
      kept: 'Guardada',
      failed: 'No enviada',
    },
  },
}
