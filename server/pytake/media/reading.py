"""A message's file, as a column of whoever reads messages."""

from pytake.media.types import Kind

_KINDS = ", ".join(f"'{kind.value}'" for kind in Kind)


def of_message(message: str) -> str:
    """JSON of the shape of `MessageMedia`, or NULL: a look by key for each message of a kind that has one.

    What was taken back has none.

    `message` is SQL: what the statement calls the row of `messages`; $1 is the organization.
    """
    return f"""
    CASE WHEN {message}.type IN ({_KINDS}) AND NOT {message}.metadata ? 'revoked' THEN (
        SELECT jsonb_build_object(
            'state', a.state, 'error', a.error, 'mime_type', COALESCE(f.mime_type, a.mime_type),
            'file_name', a.file_name, 'size', f.size, 'width', f.width, 'height', f.height,
            'has_thumbnail', COALESCE(f.has_thumbnail, false))
        FROM attachments a
        LEFT JOIN media_files f ON f.organization_id = $1 AND f.id = a.media_file_id
        WHERE a.organization_id = $1 AND a.message_id = {message}.id LIMIT 1)
    END"""  # noqa: S608 - the kinds are ours, and `message` is written by callers in this package's neighbour
