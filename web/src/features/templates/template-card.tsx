import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { languageName } from './filters'
import { Bubble } from './preview/bubble'
import { StatusBadge } from './status-badge'
import classes from './templates.module.css'
import type { Template } from './types'

export function TemplateCard({ template }: { template: Template }) {
  const { t, i18n } = useTranslation()
  const { id, name, language, category, is_active, preview } = template

  return (
    <Link
      to="/templates/$id"
      params={{ id }}
      className={classes.card}
      data-off={is_active ? undefined : true}
    >
      <div className={classes.wall} aria-hidden="true">
        <Bubble isPicture shown={preview} />
      </div>
      <div className={classes.facts}>
        <span className={classes.name}>{name}</span>
        <span className={classes.small}>
          <StatusBadge template={template} />
          {category && <span>{t(`templates.categories.${category}`)}</span>}
          <span>{languageName(language, i18n.language)}</span>
        </span>
      </div>
    </Link>
  )
}
