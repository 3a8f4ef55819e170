"""A message's file, as a column of whoever reads messages."""

from typing import Final

MEDIA_OF_MESSAGE: Final = """
    CASE WHEN (m.type IN ('image', 'video', 'audio', 'document', 'sticker')
               OR m.content -> 'header' ? 'media_file_id')
              AND NOT m.metadata ? 'revoked' THEN (
        SELECT jsonb_build_object(
            'state', a.state, 'error', a.error, 'mime_type', COALESCE(f.mime_type, a.mime_type),
            'file_name', a.file_name, 'size', f.size, 'width', f.width, 'height', f.height,
            'has_thumbnail', COALESCE(f.has_thumbnail, false))
        FROM attachments a
        LEFT JOIN media_files f ON f.organization_id = $1 AND f.id = a.media_file_id
        WHERE a.organization_id = $1 AND a.message_id = m.id LIMIT 1)
    END"""
"""JSON of the shape of `MessageMedia`, or NULL: a look by key for each message `m` of a kind that has one, or
with one of ours above its words.

What was taken back has none. $1 is the organization.
"""
