import type { shell as source } from '../pt-br/shell'

export const shell: typeof source = {
  shell: {
    groups: {
      support: 'Support',
      team: 'Team',
      settings: 'Settings',
      platform: 'Platform',
    },
  },
}
