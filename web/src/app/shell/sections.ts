import { IconMessages, type Icon } from '@tabler/icons-react'

interface Section {
  to: '/conversations'
  label: 'conversations.title'
  icon: Icon
}

/** The places of the product, in the order the navigation shows them. */
export const sections: readonly Section[] = [
  { to: '/conversations', label: 'conversations.title', icon: IconMessages },
]
