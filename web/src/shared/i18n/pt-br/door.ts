export const door = {
  links: {
    missingTitle: 'Falta uma parte do endereço',
    missingText:
      'Abra de novo o link que chegou por e-mail, inteiro. Por segurança, ele não fica guardado nesta página.',
    unusableTitle: 'Este link não vale mais',
    unusable: {
      reset_password:
        'Ele já foi usado, venceu ou foi trocado por um mais novo. Cada link vale uma vez, por uma hora.',
      verify_email:
        'Ele já foi usado ou venceu. Se o seu e-mail ainda não estiver confirmado, peça outro link no seu perfil.',
      invitation:
        'Ele já foi usado, venceu ou foi retirado. Se você já criou a sua conta, entre com ela; se não, peça um novo convite a quem convidou você.',
    },
    askForAnother: 'Pedir um novo link',
    toSignIn: 'Ir para o login',
    entering: 'Entrando na sua conta…',
    signInNow: 'Agora é só entrar com a senha que você acabou de escolher.',
  },
  forgot: {
    title: 'Esqueceu a senha?',
    text: 'Diga o e-mail da sua conta. Enviaremos um link para você escolher uma nova senha.',
    submit: 'Enviar o link',
    sentTitle: 'Confira o seu e-mail',
    sentText:
      'Se houver uma conta com <strong>{{email}}</strong>, um e-mail com o link está a caminho. Ele vale por uma hora.',
    notThere:
      'Não chegou? Espere alguns minutos, olhe a caixa de spam e confira se o e-mail está certo.',
    outbox: 'Esta instalação não envia e-mails: as mensagens ficam na caixa de saída.',
    openOutbox: 'Abrir a caixa de saída',
    noMail:
      'Este servidor não envia e-mails. Peça ajuda a quem administra o PyTake na sua empresa.',
    other: 'Tentar com outro e-mail',
  },
  reset: {
    title: 'Escolha uma nova senha',
    text: 'Para <strong>{{email}}</strong>, em {{organization}}.',
    password: 'Nova senha',
    submit: 'Salvar e entrar',
    others: 'Por segurança, todos os aparelhos sairão da conta.',
    done: 'Senha nova salva',
  },
  verify: {
    title: 'Confirme o seu e-mail',
    text: 'Confirme que <strong>{{email}}</strong> é seu.',
    submit: 'Confirmar',
    done: 'E-mail confirmado',
    doneText: 'Pronto: <strong>{{email}}</strong> é seu, e nós sabemos disso.',
    goOn: 'Continuar',
  },
  invitation: {
    title: 'Entre para a equipe de {{organization}}',
    text: '<strong>{{inviter}}</strong> convidou você como <strong>{{role}}</strong>. Confira o seu nome e escolha uma senha.',
    textNobody:
      'Convidaram você como <strong>{{role}}</strong>. Confira o seu nome e escolha uma senha.',
    name: 'Seu nome completo',
    nameMissing: 'Informe o seu nome.',
    password: 'Sua senha',
    submit: 'Criar conta e entrar',
    done: 'Conta criada',
    takenTitle: 'Você já tem uma conta',
    takenText:
      '<strong>{{email}}</strong> já pertence a uma conta do PyTake. Entre com ela, ou peça um convite para outro e-mail.',
  },
  outbox: {
    title: 'Caixa de saída',
    text: 'Esta instalação não tem servidor de e-mail. As mensagens que ela enviaria ficam aqui, visíveis só neste computador.',
    to: 'Para {{recipient}}',
    emptyTitle: 'Nenhuma mensagem ainda',
    emptyText: 'Convites e links para novas senhas aparecem aqui assim que são escritos.',
    closedTitle: 'A caixa de saída não está aberta aqui',
    closedText:
      'Ela só existe em instalações de desenvolvimento sem servidor de e-mail, e só no próprio computador.',
    status: {
      pending: 'A caminho',
      sent: 'Enviada',
      kept: 'Guardada',
      failed: 'Não enviada',
    },
  },
}
