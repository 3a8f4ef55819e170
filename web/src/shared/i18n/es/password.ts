import type { password as source } from '../pt-br/password'

export const password: typeof source = {
  password: {
    show: 'Mostrar u ocultar la contraseña',
    missing: 'Elige una contraseña.',
    weak: 'Débil',
    fair: 'Regular',
    good: 'Buena',
    strong: 'Fuerte',
    long: 'Al menos 10 caracteres',
    noEmail: 'Nada de tu correo',
    hard: 'Difícil de adivinar: varias palabras van bien',
    met: '(ok)',
    refused: {
      length: 'La contraseña debe tener de {{shortest}} a {{longest}} caracteres.',
      too_easy:
        'Esta contraseña es fácil de adivinar. Evita palabras comunes con números, secuencias del teclado y partes de tu correo.',
    },
  },
}
