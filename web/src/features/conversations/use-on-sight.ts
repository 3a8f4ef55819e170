import { useEffect, useEffectEvent, type RefObject } from 'react'

/** Calls back when a mark inside a scroller comes near, so that what follows it is there in time. */
export function useOnSight(
  mark: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  onSight: () => void,
): void {
  const sight = useEffectEvent(onSight)

  useEffect(() => {
    if (!mark.current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) sight()
      },
      { root: scroller.current, rootMargin: '600px 0px' },
    )
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [mark, scroller])
}
