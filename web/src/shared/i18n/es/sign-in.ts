import type { signIn as source } from '../pt-br/sign-in'

export const signIn: typeof source = {
  signIn: {
    title: 'Entra en tu cuenta',
    subtitle: 'Conversaciones, bots y equipo en un solo lugar.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    showPassword: 'Mostrar u ocultar la contraseña',
    submit: 'Entrar',
    expired: 'Tu sesión terminó. Entra de nuevo para seguir donde estabas.',
    emailMissing: 'Escribe tu correo.',
    emailInvalid: 'Este correo está incompleto.',
    passwordMissing: 'Escribe tu contraseña.',
    sceneAsks: '¡Hola! ¿Todavía entregan hoy?',
    sceneAnswers: '¡Claro que sí! 😊 ¿En qué barrio estás?',
    sceneTells: 'Vila Mariana',
    sceneCloses: 'Perfecto. Llega en 40 minutos como mucho.',
    promise:
      'Mientras duermes, el bot responde. Cuando hace falta una persona, el equipo ya está en la conversación.',
  },
}
