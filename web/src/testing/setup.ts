import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { signOut } from '@/shared/api/session'
import { startTranslations } from '@/shared/i18n/i18n'
import { server } from './server'

// What jsdom lacks and Mantine asks for.
Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }),
})
Object.defineProperty(document, 'fonts', {
  value: { addEventListener: () => undefined, removeEventListener: () => undefined },
})
class Observer {
  observe = () => undefined
  unobserve = () => undefined
  disconnect = () => undefined
}
Object.assign(window, { ResizeObserver: Observer, IntersectionObserver: Observer })
Object.assign(URL, { createObjectURL: () => 'blob:here', revokeObjectURL: () => undefined })
Element.prototype.scrollIntoView = () => undefined
Element.prototype.scrollTo = () => undefined
window.scrollTo = () => undefined

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8_000 })

beforeAll(async () => {
  await startTranslations('pt-BR')
  server.listen({ onUnhandledRequest: 'error' })
})
afterEach(() => {
  cleanup()
  server.resetHandlers()
  signOut()
  sessionStorage.clear()
  localStorage.clear()
})
afterAll(() => server.close())
