import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { memo, useId, useState } from 'react'
import { clock, fullTime } from '@/shared/format/time'
import type { AuditRow as Row } from './api'
import type { AuditFilters } from './filters'
import { RowFacts } from './row-facts'
import { didOf, whoOf } from './sentence'
import type { Reading } from './value-text'
import classes from './audit.module.css'

interface AuditRowProps {
  row: Row
  reading: Reading
  startOpen: boolean
  onFilters: (filters: AuditFilters) => void
}

/** One deed as a sentence, which opens to what exactly was changed. */
export const AuditRow = memo(function AuditRow({
  row,
  reading,
  startOpen,
  onFilters,
}: AuditRowProps) {
  const [open, setOpen] = useState(startOpen)
  const id = useId()
  const at = new Date(row.created_at)
  const who = whoOf(row, reading)

  return (
    <li className={classes.row} data-open={open || undefined}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <time
          className={classes.time}
          dateTime={row.created_at}
          title={fullTime(at, reading.style)}
        >
          {clock(at, reading.style)}
        </time>
        <span className={classes.sentence}>
          <strong>{who}</strong> {didOf(row, reading)}
        </span>
        <IconChevronDown className={classes.chevron} size={17} stroke={1.7} aria-hidden="true" />
      </UnstyledButton>
      {open && (
        <div id={id}>
          <RowFacts row={row} who={who} reading={reading} onFilters={onFilters} />
        </div>
      )}
    </li>
  )
})
