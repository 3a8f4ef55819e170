import type { MediaKind, MediaLimits } from './limits'

export function takesCaption(limits: MediaLimits, kind: MediaKind): boolean {
  return limits.kinds.some((one) => one.kind === kind && one.takes_caption)
}
