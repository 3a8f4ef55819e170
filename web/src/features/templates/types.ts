import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']

export type Template = Schemas['TemplateRead']
export type TemplateCreate = Schemas['TemplateWrite']
export type TemplateChange = Schemas['TemplateChange']
export type Content = Schemas['TemplateContent']
export type ButtonContent = Schemas['ButtonContent']
export type ButtonType = Schemas['ButtonType']
export type HeaderType = Schemas['HeaderType']
export type SampleKind = Schemas['SampleKind']
export type Category = Schemas['TemplateCategory']
export type Status = Schemas['TemplateStatus']
export type Issue = Schemas['IssueRead']
export type Shown = Schemas['PreviewRead']
export type PreviewWish = Schemas['PreviewWish']
export type Happened = Schemas['HistoryRead']
export type Sync = Schemas['SyncRead']
