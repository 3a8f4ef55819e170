"""Every question put to `attachments`, `media_files` and `media_uploads`."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pytake.kit.work import Work
from pytake.media.types import Enclosed, Failure, Kind, MediaFile, Waiting

_FIND: Final = "SELECT * FROM media_files WHERE organization_id = $1 AND id = $2 AND NOT is_leaving "


async def add(work: Work, enclosed: Sequence[Enclosed]) -> None:
    """One statement, whatever the number. A file of ours is there already; one of Meta's is waited for."""
    await work.execute(
        """
        WITH ours AS (
            SELECT id FROM media_files
            WHERE organization_id = $1 AND id = ANY($8::uuid[]) AND NOT is_leaving FOR KEY SHARE
        )
        INSERT INTO attachments (message_id, message_created_at, organization_id, conversation_id,
                                 whatsapp_number_id, kind, media_id, media_file_id, mime_type, sha256,
                                 file_name, state, error)
        SELECT new.message_id, $2, $1, new.conversation_id, new.number_id, new.kind, new.media_id, f.id,
               left(new.mime_type, 255), left(new.sha256, 64), new.file_name,
               CASE WHEN f.id IS NOT NULL THEN 'stored' WHEN new.media_id IS NOT NULL THEN 'waiting'
                    ELSE 'failed' END,
               CASE WHEN f.id IS NULL AND new.media_id IS NULL THEN 'expired' END
        FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::text[],
                    $10::text[], $11::text[])
             AS new (message_id, conversation_id, number_id, kind, media_id, file_id, mime_type, sha256,
                     file_name)
        LEFT JOIN ours f ON f.id = new.file_id
        ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        work.now,
        [item.message_id for item in enclosed],
        [item.conversation_id for item in enclosed],
        [item.whatsapp_number_id for item in enclosed],
        [item.kind for item in enclosed],
        [item.media_id[:255] if item.media_id else None for item in enclosed],
        [item.media_file_id for item in enclosed],
        [item.mime_type for item in enclosed],
        [item.sha256 for item in enclosed],
        [item.file_name for item in enclosed],
    )


async def claim(work: Work, most: int, lease: timedelta) -> list[Waiting]:
    """Files that are due, each with one try counted; nobody else takes them within the lease."""
    rows = await work.fetch(
        """
        UPDATE attachments a SET tries = a.tries + 1, next_try_at = now() + $3
        WHERE a.message_id = ANY(ARRAY(
            SELECT message_id FROM attachments
            WHERE organization_id = $1 AND state = 'waiting' AND next_try_at <= now()
            ORDER BY next_try_at LIMIT $2 FOR UPDATE SKIP LOCKED))
        RETURNING a.*
        """,
        work.organization_id,
        most,
        lease,
    )
    return [
        Waiting(
            row["message_id"],
            row["message_created_at"],
            row["conversation_id"],
            row["whatsapp_number_id"],
            Kind(row["kind"]),
            row["media_id"] or "",
            row["mime_type"],
            row["sha256"],
            row["file_name"],
            row["tries"],
        )
        for row in rows
    ]


async def note_stored(work: Work, message_id: UUID, file_id: UUID) -> bool:
    """False when the message is gone, or somebody else was faster."""
    rows = await work.fetch(
        """
        UPDATE attachments SET state = 'stored', media_file_id = $3, error = NULL
        WHERE organization_id = $1 AND message_id = $2 AND state <> 'stored' RETURNING message_id
        """,
        work.organization_id,
        message_id,
        file_id,
    )
    return bool(rows)


async def note_failed(work: Work, message_id: UUID, failure: Failure, wait: timedelta | None) -> bool:
    """To be tried again after a while, or not by itself any more. Answers whether that ends it."""
    rows = await work.fetch(
        """
        UPDATE attachments
        SET error = $3, state = CASE WHEN $4::interval IS NULL THEN 'failed' ELSE 'waiting' END,
            next_try_at = now() + COALESCE($4::interval, interval '0')
        WHERE organization_id = $1 AND message_id = $2 AND state = 'waiting' RETURNING state
        """,
        work.organization_id,
        message_id,
        failure.value,
        wait,
    )
    return bool(rows) and rows[0]["state"] == "failed"


async def try_again(work: Work, conversation_id: UUID, message_id: UUID) -> datetime | None:
    """When the message was made; None when there is nothing to try."""
    rows = await work.fetch(
        """
        UPDATE attachments SET state = 'waiting', tries = 0, next_try_at = now(), error = NULL
        WHERE organization_id = $1 AND conversation_id = $2 AND message_id = $3 AND state = 'failed'
          AND media_id IS NOT NULL
        RETURNING message_created_at
        """,
        work.organization_id,
        conversation_id,
        message_id,
    )
    return rows[0]["message_created_at"] if rows else None


async def has_attachment(work: Work, conversation_id: UUID, message_id: UUID) -> bool:
    rows = await work.fetch(
        "SELECT FROM attachments WHERE organization_id = $1 AND conversation_id = $2 AND message_id = $3",
        work.organization_id,
        conversation_id,
        message_id,
    )
    return bool(rows)


async def carry(work: Work, message_ids: Sequence[UUID], conversation_id: UUID) -> None:
    await work.execute(
        "UPDATE attachments SET conversation_id = $3 WHERE organization_id = $1 AND message_id = ANY($2)",
        work.organization_id,
        list(message_ids),
        conversation_id,
    )


async def keep(work: Work, file: MediaFile) -> MediaFile:
    """The row of these bytes: a new one, or the one that was there."""
    rows = await work.fetch(
        """
        INSERT INTO media_files (id, organization_id, sha256, size, mime_type, width, height, has_thumbnail)
        VALUES ($2, $1, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (organization_id, sha256) DO UPDATE SET size = EXCLUDED.size
        RETURNING *
        """,
        work.organization_id,
        file.id,
        file.sha256,
        file.size,
        file.mime_type,
        file.width,
        file.height,
        file.has_thumbnail,
    )
    return _file(rows[0])


async def may_come(work: Work, sha256: str) -> bool:
    """Whether these bytes may be stored: not while they are being removed. What is there already stays."""
    rows = await work.fetch(
        "SELECT id, is_leaving FROM media_files WHERE organization_id = $1 AND sha256 = $2 FOR NO KEY UPDATE",
        work.organization_id,
        sha256,
    )
    if not rows:
        return True
    await work.execute(
        """
        UPDATE media_files SET next_check_at = GREATEST(next_check_at, now() + interval '7 days')
        WHERE organization_id = $1 AND id = $2 AND NOT is_leaving
        """,
        work.organization_id,
        rows[0]["id"],
    )
    return not rows[0]["is_leaving"]


async def find(work: Work, file_id: UUID) -> MediaFile | None:
    rows = await work.fetch(_FIND, work.organization_id, file_id)
    return _file(rows[0]) if rows else None


async def hold(work: Work, file_id: UUID) -> MediaFile | None:
    """The same, and nobody removes it until this transaction is over."""
    rows = await work.fetch(_FIND + "FOR KEY SHARE", work.organization_id, file_id)
    return _file(rows[0]) if rows else None


async def check_due(work: Work, most: int, lease: timedelta, again: timedelta) -> tuple[int, list[MediaFile]]:
    """How many were looked at, and those of them that no message carries: they are leaving from now on.

    They are locked first and looked at afterwards, so that a message that was written meanwhile is seen.
    Whoever dies over one leaves it to the next after the lease.
    """
    rows = await work.fetch(
        """
        SELECT id FROM media_files WHERE organization_id = $1 AND next_check_at <= now()
        ORDER BY next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED
        """,
        work.organization_id,
        most,
    )
    checked = await work.fetch(
        """
        UPDATE media_files f
        SET is_leaving = seen.is_unused,
            next_check_at = now() + CASE WHEN seen.is_unused THEN $3::interval ELSE $4::interval END
        FROM (SELECT due.id, due.is_leaving OR NOT EXISTS (
                  SELECT FROM attachments a WHERE a.organization_id = $1 AND a.media_file_id = due.id)
                  AS is_unused
              FROM media_files due
              WHERE due.organization_id = $1 AND due.id = ANY($2::uuid[])) AS seen
        WHERE f.organization_id = $1 AND f.id = seen.id
        RETURNING f.*
        """,
        work.organization_id,
        [row["id"] for row in rows],
        lease,
        again,
    )
    return len(checked), [_file(row) for row in checked if row["is_leaving"]]


async def remove(work: Work, file_ids: Collection[UUID]) -> None:
    """Of files whose bytes are gone."""
    await work.execute(
        "DELETE FROM media_files WHERE organization_id = $1 AND id = ANY($2::uuid[]) AND is_leaving",
        work.organization_id,
        list(file_ids),
    )


async def of_messages(
    work: Work, conversation_id: UUID, message_ids: Collection[UUID]
) -> list[tuple[UUID, str | None, MediaFile]]:
    """Message, file name and file, of those messages of the conversation whose file is there.

    What was taken back has none.
    """
    rows = await work.fetch(
        """
        SELECT a.message_id, a.file_name, f.* FROM attachments a
        JOIN media_files f ON f.organization_id = $1 AND f.id = a.media_file_id
        JOIN messages m ON m.organization_id = $1 AND m.id = a.message_id
                       AND m.created_at = a.message_created_at AND NOT m.metadata ? 'revoked'
        WHERE a.organization_id = $1 AND a.conversation_id = $2 AND a.message_id = ANY($3::uuid[])
        """,
        work.organization_id,
        conversation_id,
        list(message_ids),
    )
    return [(row["message_id"], row["file_name"], _file(row)) for row in rows]


async def uploaded(work: Work, file_id: UUID, number_id: UUID) -> str | None:
    rows = await work.fetch(
        """
        SELECT media_id FROM media_uploads
        WHERE organization_id = $1 AND media_file_id = $2 AND whatsapp_number_id = $3 AND expires_at > now()
        """,
        work.organization_id,
        file_id,
        number_id,
    )
    return rows[0]["media_id"] if rows else None


async def note_uploaded(work: Work, file_id: UUID, number_id: UUID, media_id: str, lives: timedelta) -> None:
    await work.execute(
        """
        INSERT INTO media_uploads (organization_id, media_file_id, whatsapp_number_id, media_id, expires_at)
        VALUES ($1, $2, $3, $4, now() + $5)
        ON CONFLICT (media_file_id, whatsapp_number_id) DO UPDATE
        SET media_id = EXCLUDED.media_id, expires_at = EXCLUDED.expires_at
        """,
        work.organization_id,
        file_id,
        number_id,
        media_id,
        lives,
    )


async def forget_upload(
    work: Work, file_id: UUID, number_id: UUID, media_id: str, expires_before: datetime
) -> None:
    await work.execute(
        """
        DELETE FROM media_uploads
        WHERE organization_id = $1 AND media_file_id = $2 AND whatsapp_number_id = $3 AND media_id = $4
          AND expires_at < $5
        """,
        work.organization_id,
        file_id,
        number_id,
        media_id,
        expires_before,
    )


async def forget_uploads_of(work: Work, message_ids: Collection[UUID]) -> None:
    """What Meta calls the files of these messages, at the numbers that sent them."""
    await work.execute(
        """
        DELETE FROM media_uploads u USING attachments a
        WHERE a.organization_id = $1 AND a.message_id = ANY($2::uuid[]) AND u.organization_id = $1
          AND u.media_file_id = a.media_file_id AND u.whatsapp_number_id = a.whatsapp_number_id
        """,
        work.organization_id,
        list(message_ids),
    )


def _file(row: Any) -> MediaFile:
    return MediaFile(
        row["id"],
        row["sha256"],
        row["size"],
        row["mime_type"],
        row["width"],
        row["height"],
        row["has_thumbnail"],
    )
