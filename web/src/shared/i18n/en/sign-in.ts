import type { signIn as source } from '../pt-br/sign-in'

export const signIn: typeof source = {
  signIn: {
    title: 'Sign in to your account',
    subtitle: 'Conversations, bots and team in one place.',
    email: 'E-mail',
    password: 'Password',
    showPassword: 'Show or hide the password',
    submit: 'Sign in',
    expired: 'Your session ended. Sign in again to continue where you were.',
    emailMissing: 'Enter your e-mail.',
    emailInvalid: 'This e-mail is incomplete.',
    passwordMissing: 'Enter your password.',
    sceneAsks: 'Hi! Do you still deliver today?',
    sceneAnswers: 'We do! 😊 What is your neighbourhood?',
    sceneTells: 'Vila Mariana',
    sceneCloses: 'Perfect. It arrives within 40 minutes.',
    promise:
      'While you sleep, the bot answers. When a person is needed, the team is already in the conversation.',
  },
}
