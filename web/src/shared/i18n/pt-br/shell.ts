export const shell = {
  shell: {
    groups: {
      support: 'Atendimento',
      team: 'Equipe',
      settings: 'Configurações',
      platform: 'Plataforma',
    },
  },
}
