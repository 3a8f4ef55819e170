export const signIn = {
  signIn: {
    title: 'Entre na sua conta',
    subtitle: 'Conversas, bots e equipe em um lugar só.',
    email: 'E-mail',
    password: 'Senha',
    showPassword: 'Mostrar ou ocultar a senha',
    submit: 'Entrar',
    expired: 'Sua sessão terminou. Entre de novo para continuar de onde parou.',
    emailMissing: 'Informe o e-mail.',
    emailInvalid: 'Este e-mail está incompleto.',
    passwordMissing: 'Informe a senha.',
    sceneAsks: 'Oi! Vocês entregam hoje ainda?',
    sceneAnswers: 'Entregamos, sim! 😊 Qual é o seu bairro?',
    sceneTells: 'Vila Mariana',
    sceneCloses: 'Perfeito. Chega em até 40 minutos.',
    promise:
      'Enquanto você dorme, o bot responde. Quando precisa de gente, a equipe já está na conversa.',
  },
}
