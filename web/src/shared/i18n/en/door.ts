import type { door as source } from '../pt-br/door'

export const door: typeof source = {
  links: {
    missingTitle: 'Part of the address is missing',
    missingText:
      'Open the link from your e-mail again, all of it. To keep you safe, this page does not keep it.',
    unusableTitle: 'This link is no longer valid',
    unusable: {
      reset_password:
        'It was used already, has expired or was replaced by a newer one. Each link works once, for an hour.',
      verify_email:
        'It was used already or has expired. If your e-mail is not confirmed yet, ask for another link in your profile.',
      invitation:
        'It was used already, has expired or was withdrawn. If you have created your account, sign in; if not, ask whoever invited you for a new one.',
    },
    askForAnother: 'Ask for a new link',
    toSignIn: 'Go to sign-in',
    entering: 'Signing in to your account…',
    signInNow: 'Now sign in with the password you have just chosen.',
  },
  forgot: {
    title: 'Forgot your password?',
    text: 'Enter the e-mail of your account. We will send a link to choose a new password.',
    submit: 'Send the link',
    sentTitle: 'Check your e-mail',
    sentText:
      'If there is an account with <strong>{{email}}</strong>, an e-mail with the link is on its way. It is valid for an hour.',
    notThere:
      'Nothing there? Wait some minutes, look in the spam folder and check that the e-mail is right.',
    outbox: 'This installation sends no e-mail: its messages stay in the outbox.',
    openOutbox: 'Open the outbox',
    noMail: 'This server sends no e-mail. Ask whoever runs PyTake in your organization for help.',
    other: 'Try another e-mail',
  },
  reset: {
    title: 'Choose a new password',
    text: 'For <strong>{{email}}</strong>, at {{organization}}.',
    password: 'New password',
    submit: 'Save and sign in',
    others: 'To keep you safe, all devices will be signed out.',
    done: 'New password saved',
  },
  verify: {
    title: 'Confirm your e-mail',
    text: 'Confirm that <strong>{{email}}</strong> is yours.',
    submit: 'Confirm',
    done: 'E-mail confirmed',
    doneText: 'Done: <strong>{{email}}</strong> is yours, and we know it.',
    goOn: 'Continue',
  },
  invitation: {
    title: 'Join the team of {{organization}}',
    text: '<strong>{{inviter}}</strong> invited you as <strong>{{role}}</strong>. Check your name and choose a password.',
    textNobody:
      'You were invited as <strong>{{role}}</strong>. Check your name and choose a password.',
    name: 'Your full name',
    nameMissing: 'Enter your name.',
    password: 'Your password',
    submit: 'Create account and sign in',
    done: 'Account created',
    takenTitle: 'You have an account already',
    takenText:
      '<strong>{{email}}</strong> belongs to a PyTake account already. Sign in with it, or ask for an invitation to another e-mail.',
  },
  outbox: {
    title: 'Outbox',
    text: 'This installation has no mail server. The messages it would send stay here, visible on this computer only.',
    to: 'To {{recipient}}',
    emptyTitle: 'No messages yet',
    emptyText: 'Invitations and links for new passwords appear here as soon as they are written.',
    closedTitle: 'The outbox is not open here',
    closedText:
      'It exists only in development installations without a mail server, and only on the computer itself.',
    status: {
      pending: 'On its way',
      sent: 'Sent',
      kept: 'Kept',
      failed: 'Not sent',
    },
  },
}
