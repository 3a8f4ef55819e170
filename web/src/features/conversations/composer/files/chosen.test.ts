import { aMediaLimits } from '@/testing/media'
import { partsOf } from './bodies'
import { isRefusal, sortOut, type Chosen } from './chosen'

const limits = aMediaLimits()

function aFile(name: string, type: string, size = 8): File {
  return new File([new Uint8Array(size)], name, { type })
}

function chosen(name: string, type: string): Chosen {
  const sorted = sortOut(aFile(name, type), limits)
  if (isRefusal(sorted)) throw new Error(sorted.reason)
  return sorted
}

test('a file is what it says it is, or what its name says', () => {
  expect(chosen('a.jpg', 'image/jpeg').kind).toBe('image')
  expect(chosen('a.mp4', 'video/mp4').kind).toBe('video')
  expect(chosen('a.ogg', 'audio/ogg; codecs=opus').kind).toBe('audio')
  expect(chosen('a.m4a', 'audio/x-m4a').file.type).toBe('audio/mp4')
  const named = chosen('Proposta.PDF', '')
  expect([named.kind, named.file.type, named.file.name]).toEqual([
    'document',
    'application/pdf',
    'Proposta.PDF',
  ])
})

test('what WhatsApp does not take is refused, with the limit that it breaks', () => {
  expect(sortOut(aFile('a.zip', 'application/zip'), limits)).toEqual({
    name: 'a.zip',
    reason: 'kind',
  })
  expect(sortOut(aFile('a.webp', 'image/webp'), limits)).toMatchObject({ reason: 'kind' })
  expect(sortOut(aFile('a.png', 'image/png', 0), limits)).toMatchObject({ reason: 'empty' })
  expect(sortOut(aFile('a.png', 'image/png', 1001), limits)).toEqual({
    name: 'a.png',
    reason: 'large',
    kind: 'image',
    size: 1001,
    limit: 1000,
  })
})

test('words go below the first file that can carry them, else they follow', () => {
  const song = chosen('a.mp3', 'audio/mpeg')
  const photo = chosen('a.jpg', 'image/jpeg')
  const paper = chosen('a.pdf', 'application/pdf')

  expect(partsOf('oi', [song, photo, paper], limits).map(({ body }) => body)).toEqual([
    { type: 'audio', content: {} },
    { type: 'image', content: { caption: 'oi' } },
    { type: 'document', content: { filename: 'a.pdf' } },
  ])
  expect(partsOf('oi', [song], limits).map(({ body }) => body)).toEqual([
    { type: 'audio', content: {} },
    { type: 'text', content: { text: 'oi' } },
  ])
  expect(partsOf('', [photo], limits).map(({ body }) => body)).toEqual([
    { type: 'image', content: {} },
  ])
  expect(partsOf('', [], limits)).toEqual([])
})
