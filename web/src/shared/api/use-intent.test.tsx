import { renderHook } from '@testing-library/react'
import { useIntent } from './use-intent'

interface Sent {
  pin: string
  key: string
  answer: (outcome: { made?: string; error?: Error }) => void
}

function anIntent() {
  const sent: Sent[] = []
  const { result } = renderHook(() =>
    useIntent(
      (pin: string, key) =>
        new Promise<string>((resolve, reject) => {
          sent.push({
            pin,
            key,
            answer: ({ made, error }) => (error ? reject(error) : resolve(made ?? '')),
          })
        }),
    ),
  )
  return { send: (pin: string) => result.current(pin), sent }
}

const LOST = new Error('the answer was lost')

test('asked for twice while it is under way, it is sent once and both are answered', async () => {
  const { send, sent } = anIntent()

  const both = Promise.all([send('212834'), send('212834')])
  sent[0]?.answer({ made: 'registered' })

  expect(await both).toEqual(['registered', 'registered'])
  expect(sent).toHaveLength(1)
})

test('after a lost answer it is the same request; after an answer, or for something else, another', async () => {
  const { send, sent } = anIntent()

  const first = send('212834')
  sent[0]?.answer({ error: LOST })
  await expect(first).rejects.toBe(LOST)
  const again = send('212834')
  sent[1]?.answer({ made: 'registered' })
  await again
  void send('212834')
  void send('445566')

  const keys = sent.map(({ key }) => key)
  expect(keys[1]).toBe(keys[0])
  expect(new Set(keys)).toHaveLength(3)
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
})
