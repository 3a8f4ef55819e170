/** How loud a microphone is. */
export interface Level {
  /** From 0, silence, to 1. */
  read: () => number
  close: () => void
}

const silent: Level = { read: () => 0, close: () => undefined }

/** Without it one can record as well, only without seeing it. */
export function listenTo(stream: MediaStream): Level {
  if (!('AudioContext' in globalThis)) return silent
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 512
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)

  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples)
      const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)
      // Speech is far from as loud as a microphone can hear.
      return Math.min(1, loudness * 5)
    },
    close: () => void context.close(),
  }
}
