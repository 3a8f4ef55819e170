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
    forgot: 'Olvidé mi contraseña',
    remember: 'Recordar mi correo',
    locked: 'Demasiados intentos fallidos.',
    lockedFor: 'Prueba de nuevo en {{time}}.',
    newPasswordInstead: 'O crea una nueva contraseña',
    secondStep: 'Verificación en dos pasos',
    codeText: 'Abre tu aplicación de autenticación y escribe el código de seis números.',
    recoveryText:
      'Usa uno de los códigos que guardaste al activar los dos pasos. Cada uno sirve una vez.',
    code: 'Código',
    recoveryCode: 'Código de recuperación',
    codeMissing: 'Escribe el código completo.',
    verify: 'Verificar',
    useRecovery: 'Usar un código de recuperación',
    useApp: 'Usar la aplicación',
    back: 'Volver',
    sceneAsks: '¡Hola! ¿Todavía entregan hoy?',
    sceneAnswers: '¡Claro que sí! 😊 ¿En qué barrio estás?',
    sceneTells: 'Vila Mariana',
    sceneCloses: 'Perfecto. Llega en 40 minutos como mucho.',
    promise:
      'Mientras duermes, el bot responde. Cuando hace falta una persona, el equipo ya está en la conversación.',
  },
}
