"""Every question put to `whatsapp_templates`, their history and their syncs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

from pytake.kit.ids import new_id
from pytake.kit.pages import Position
from pytake.kit.work import Work
from pytake.whatsapp.types import HistoryKind, HistorySource

Json = dict[str, Any]

_ROWS: Final = "SELECT t.* FROM whatsapp_templates t WHERE t.organization_id = $1"


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


# --- templates ------------------------------------------------------------------------------------------


async def find(work: Work, template_id: UUID) -> Json | None:
    rows = await work.fetch(
        f"{_ROWS} AND t.id = $2 AND t.deleted_at IS NULL", work.organization_id, template_id
    )
    return dict(rows[0]) if rows else None


async def lock(work: Work, template_id: UUID) -> Json | None:
    rows = await work.fetch(
        f"{_ROWS} AND t.id = $2 AND t.deleted_at IS NULL FOR NO KEY UPDATE", work.organization_id, template_id
    )
    return dict(rows[0]) if rows else None


async def page(work: Work, wanted: Mapping[str, Any], after: Position, most: int) -> list[Json]:
    """The newest first. What is not wanted is None."""
    rows = await work.fetch(
        """
        SELECT t.* FROM whatsapp_templates t
        WHERE t.organization_id = $1 AND t.deleted_at IS NULL AND (t.created_at, t.id) < ($2, $3)
          AND ($5::text[] IS NULL OR t.meta_status = ANY($5))
          AND ($6::text IS NULL OR t.category = $6)
          AND ($7::text IS NULL OR t.language = $7)
          AND ($8::uuid IS NULL OR t.whatsapp_business_account_id = (
                  SELECT n.whatsapp_business_account_id FROM whatsapp_numbers n
                  WHERE n.organization_id = $1 AND n.id = $8))
          AND ($9::text IS NULL OR strpos(lower(t.name || ' ' || t.body_text), lower($9)) > 0)
          AND ($10::bool IS NULL OR NOT $10 OR (t.meta_status = 'APPROVED' AND t.is_active))
          AND ($11::bool IS NULL OR NOT $11
               OR (t.meta_status = 'APPROVED' AND t.is_active AND t.is_enabled_in_flows))
        ORDER BY t.created_at DESC, t.id DESC LIMIT $4
        """,
        work.organization_id,
        after.at,
        after.id,
        most,
        wanted.get("status"),
        wanted.get("category"),
        wanted.get("language"),
        wanted.get("whatsapp_number_id"),
        wanted.get("search"),
        wanted.get("usable"),
        wanted.get("in_flows"),
    )
    return [dict(row) for row in rows]


async def siblings(work: Work, row: Json) -> list[Json]:
    """The template in all its languages, itself included."""
    rows = await work.fetch(
        f"{_ROWS} AND t.deleted_at IS NULL AND t.whatsapp_business_account_id = $2 AND t.name = $3"
        " ORDER BY t.id FOR NO KEY UPDATE",
        work.organization_id,
        row["whatsapp_business_account_id"],
        row["name"],
    )
    return [dict(each) for each in rows]


async def lock_named(
    work: Work, waba_id: str, meta_ids: Sequence[str], names: Sequence[tuple[str, str]]
) -> list[Json]:
    """Those with one of the ids, deleted ones too, or of one of these (name, language)s. By their own ids."""
    rows = await work.fetch(
        f"""
        {_ROWS} AND t.whatsapp_business_account_id = $2
          AND (t.meta_template_id = ANY($3::text[]) OR (t.deleted_at IS NULL AND EXISTS (
              SELECT FROM unnest($4::text[], $5::text[]) AS asked (name, language)
              WHERE asked.name = t.name AND asked.language = t.language)))
        ORDER BY t.id FOR NO KEY UPDATE
        """,
        work.organization_id,
        waba_id,
        list(meta_ids),
        [name for name, _ in names],
        [language for _, language in names],
    )
    return [dict(row) for row in rows]


async def lock_unlisted(work: Work, waba_id: str, listed: Sequence[str], since: datetime) -> list[Json]:
    """Those that Meta had before `since` and does not list."""
    rows = await work.fetch(
        f"""
        {_ROWS} AND t.whatsapp_business_account_id = $2 AND t.meta_template_id IS NOT NULL
          AND t.meta_template_id <> ALL($3::text[]) AND t.deleted_at IS NULL AND t.missing_since IS NULL
          AND t.call_state IS NULL AND (t.last_synced_at IS NULL OR t.last_synced_at < $4)
        ORDER BY t.id FOR NO KEY UPDATE
        """,
        work.organization_id,
        waba_id,
        list(listed),
        since,
    )
    return [dict(row) for row in rows]


async def insert(work: Work, row: Json) -> bool:
    """Answers whether account, name and language were free."""
    rows = await work.fetch(
        """
        INSERT INTO whatsapp_templates (
            id, organization_id, whatsapp_number_id, whatsapp_business_account_id, meta_template_id, name,
            language, category, meta_status, is_active, is_enabled_in_flows, header_type, header_content,
            body_text, footer_text, buttons, variables, parameter_format, components, draft, sync_status,
            last_synced_at, quality_score, rejection_reason, previous_category, correct_category,
            status_told_at)
        SELECT id, $1, whatsapp_number_id, whatsapp_business_account_id, meta_template_id, name, language,
               category, COALESCE(meta_status, 'DRAFT'), COALESCE(is_active, true),
               COALESCE(is_enabled_in_flows, true), header_type, header_content, body_text, footer_text,
               COALESCE(buttons, '[]'), COALESCE(variables, '[]'), COALESCE(parameter_format, 'POSITIONAL'),
               COALESCE(components, '[]'), draft, COALESCE(sync_status, 'pending'), last_synced_at,
               COALESCE(quality_score, '{}'), rejection_reason, previous_category, correct_category,
               status_told_at
        FROM jsonb_populate_record(NULL::whatsapp_templates, $2::jsonb)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        work.organization_id,
        _json(row),
    )
    return bool(rows)


async def save(work: Work, row: Json) -> bool:
    """Write every column that can change. Answers whether account, name and language were free."""
    taken = await work.fetch(
        f"{_ROWS} AND t.whatsapp_business_account_id = $2 AND t.name = $3 AND t.language = $4"
        " AND t.deleted_at IS NULL AND t.id <> $5",
        work.organization_id,
        row["whatsapp_business_account_id"],
        row["name"],
        row["language"],
        row["id"],
    )
    if taken and row["deleted_at"] is None:
        return False
    await work.execute(
        """
        UPDATE whatsapp_templates t SET
            meta_template_id = r.meta_template_id, name = r.name, language = r.language,
            category = r.category, meta_status = r.meta_status, is_active = r.is_active,
            is_enabled_in_flows = r.is_enabled_in_flows, header_type = r.header_type,
            header_content = r.header_content, body_text = r.body_text, footer_text = r.footer_text,
            buttons = r.buttons, variables = r.variables, parameter_format = r.parameter_format,
            components = r.components, draft = r.draft, call = r.call,
            call_state = r.call_state, call_started_at = r.call_started_at,
            call_not_before = r.call_not_before, call_tries = r.call_tries,
            refusal = r.refusal, sync_status = r.sync_status,
            last_synced_at = r.last_synced_at, sync_error = r.sync_error,
            rejection_reason = r.rejection_reason, quality_score = r.quality_score,
            previous_category = r.previous_category, correct_category = r.correct_category,
            category_changes_at = r.category_changes_at, status_told_at = r.status_told_at,
            category_told_at = r.category_told_at, quality_told_at = r.quality_told_at,
            components_told_at = r.components_told_at, missing_since = r.missing_since,
            deleted_at = r.deleted_at, updated_at = now()
        FROM jsonb_populate_record(NULL::whatsapp_templates, $3::jsonb) r
        WHERE t.organization_id = $1 AND t.id = $2
        """,
        work.organization_id,
        row["id"],
        _json(row),
    )
    return True


async def delete(work: Work, template_id: UUID) -> None:
    await work.execute(
        "DELETE FROM whatsapp_templates WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        template_id,
    )


async def claim_call(work: Work, stale: timedelta) -> Json | None:
    """The next template that Meta is to be asked about; `was` is the state that it was found in."""
    rows = await work.fetch(
        """
        WITH next AS (
            SELECT id, call_state FROM whatsapp_templates
            WHERE organization_id = $1 AND call_state IS NOT NULL AND call_not_before <= now()
            ORDER BY call_not_before, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE whatsapp_templates t
        SET call_state = 'calling', call_started_at = now(), call_not_before = now() + $2,
            call_tries = t.call_tries + 1, updated_at = now()
        FROM next WHERE t.organization_id = $1 AND t.id = next.id
        RETURNING t.*, next.call_state AS was
        """,
        work.organization_id,
        stale,
    )
    return dict(rows[0]) if rows else None


async def for_use(work: Work, number_ids: Sequence[UUID], names: Sequence[str]) -> list[Json]:
    """The templates of these names, with each of the numbers that can send them."""
    rows = await work.fetch(
        """
        SELECT n.id AS number_id, t.* FROM whatsapp_numbers n
        JOIN whatsapp_templates t ON t.organization_id = n.organization_id
             AND t.whatsapp_business_account_id = n.whatsapp_business_account_id
        WHERE n.organization_id = $1 AND n.id = ANY($2::uuid[]) AND t.deleted_at IS NULL
          AND (t.name = ANY($3::text[]) OR t.id::text = ANY($3::text[]))
        """,
        work.organization_id,
        list(number_ids),
        list(names),
    )
    return [dict(row) for row in rows]


# --- history --------------------------------------------------------------------------------------------


async def add_history(
    work: Work,
    template_id: UUID,
    *,
    kind: HistoryKind,
    source: HistorySource,
    happened_at: datetime,
    value: str | None = None,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> bool:
    """Answers whether it was news."""
    rows = await work.fetch(
        """
        INSERT INTO whatsapp_template_history (id, organization_id, template_id, kind, source, value, reason,
                                               details, key, happened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        new_id(),
        work.organization_id,
        template_id,
        kind.value,
        source.value,
        value[:255] if value else None,
        reason,
        _json(dict(details or {})),
        key,
        happened_at,
    )
    return bool(rows)


async def history(work: Work, template_id: UUID, most: int) -> list[Any]:
    return await work.fetch(
        """
        SELECT id, kind, source, value, reason, details, happened_at FROM whatsapp_template_history
        WHERE organization_id = $1 AND template_id = $2
        ORDER BY happened_at DESC, id DESC LIMIT $3
        """,
        work.organization_id,
        template_id,
        most,
    )


async def edits_since(work: Work, template_id: UUID, since: datetime) -> list[datetime]:
    """When Meta took changes of a template that was approved, the oldest first."""
    rows = await work.fetch(
        """
        SELECT happened_at FROM whatsapp_template_history
        WHERE organization_id = $1 AND template_id = $2 AND kind = 'edited' AND value = 'APPROVED'
          AND happened_at > $3
        ORDER BY happened_at
        """,
        work.organization_id,
        template_id,
        since,
    )
    return [row["happened_at"] for row in rows]
