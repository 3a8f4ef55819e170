/** Why there is nothing to record with. */
export type MicrophoneProblem = 'denied' | 'missing' | 'insecure' | 'failed'

class Insecure extends Error {}

/** Asks whoever is there for their microphone. Throws what `problemOf` can name. */
export async function askForMicrophone(): Promise<MediaStream> {
  // Browsers have it only on pages that came over TLS, or from this very machine.
  if (!('mediaDevices' in navigator)) throw new Insecure()
  return navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
}

/** The light of the microphone goes out. */
export function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

export function problemOf(cause: unknown): MicrophoneProblem {
  if (cause instanceof Insecure) return 'insecure'
  if (!(cause instanceof DOMException)) return 'failed'
  if (cause.name === 'NotAllowedError' || cause.name === 'SecurityError') return 'denied'
  return cause.name === 'NotFoundError' ? 'missing' : 'failed'
}
