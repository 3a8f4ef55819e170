import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { createRecorder, type Recorder, type Recording } from './recorder'

/** A recorder that lives as long as the page it is on: who leaves takes nothing of the microphone along. */
export function useRecorder(): { recorder: Recorder; recording: Recording } {
  const [recorder] = useState(createRecorder)
  useEffect(() => recorder.discard, [recorder])
  return { recorder, recording: useStore(recorder.store) }
}
