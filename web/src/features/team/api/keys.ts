export const teamKeys = {
  all: ['team'] as const,
  everybody: ['team', 'people'] as const,
  peopleList: (filter: object) => ['team', 'people', filter] as const,
  person: (id: string) => ['team', 'person', id] as const,
  invitations: ['team', 'invitations'] as const,
  departments: ['team', 'departments'] as const,
  department: (id: string) => ['team', 'departments', id] as const,
  members: (id: string) => ['team', 'members', id] as const,
  everyMember: ['team', 'members'] as const,
  usage: ['team', 'usage'] as const,
  numbers: ['team', 'numbers'] as const,
  permissions: ['permissions'] as const,
}
