import { monthSeries } from './month-series'

test('twelve months up to this one, with nothing where nothing was said', () => {
  const series = monthSeries(
    [
      { month: '2026-02-01', sent: 7, received: 9 },
      { month: '2025-11-01', sent: 3, received: 1 },
      { month: '2024-02-01', sent: 99, received: 99 },
    ],
    '2026-02-14',
  )
  expect(series).toHaveLength(12)
  expect(series[0]).toEqual({ month: '2025-03-01', sent: 0, received: 0 })
  expect(series[8]).toEqual({ month: '2025-11-01', sent: 3, received: 1 })
  expect(series.at(-1)).toEqual({ month: '2026-02-01', sent: 7, received: 9 })
})
