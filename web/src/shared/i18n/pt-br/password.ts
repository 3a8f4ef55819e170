export const password = {
  password: {
    show: 'Mostrar ou ocultar a senha',
    missing: 'Escolha uma senha.',
    weak: 'Fraca',
    fair: 'Razoável',
    good: 'Boa',
    strong: 'Forte',
    long: 'Pelo menos 10 caracteres',
    noEmail: 'Nada do seu e-mail',
    hard: 'Difícil de adivinhar: várias palavras servem bem',
    met: '(ok)',
    refused: {
      length: 'A senha precisa ter de {{shortest}} a {{longest}} caracteres.',
      too_easy:
        'Esta senha é fácil de adivinhar. Evite palavras comuns com números, sequências do teclado e partes do seu e-mail.',
    },
  },
}
