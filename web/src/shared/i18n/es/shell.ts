import type { shell as source } from '../pt-br/shell'

export const shell: typeof source = {
  shell: {
    groups: {
      support: 'Atención',
      team: 'Equipo',
      settings: 'Configuración',
      platform: 'Plataforma',
    },
  },
}
