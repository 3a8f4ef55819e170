"""Every question put to flows while they are drawn and published."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pytake.engine.compile import NodeRow
from pytake.engine.flow_file import FlowFile
from pytake.kit.work import Work


async def bot_named(work: Work, name: str) -> UUID | None:
    rows = await work.fetch(
        "SELECT id FROM chatbots WHERE organization_id = $1 AND name = $2 AND deleted_at IS NULL",
        work.organization_id,
        name,
    )
    return rows[0]["id"] if rows else None


async def insert_bot(
    work: Work, bot_id: UUID, name: str, welcome_message: str | None, fallback_message: str | None
) -> None:
    await work.execute(
        """
        INSERT INTO chatbots (id, organization_id, name, welcome_message, fallback_message)
        VALUES ($1, $2, $3, $4, COALESCE($5, 'Desculpe, não entendi. Pode reformular?'))
        """,
        bot_id,
        work.organization_id,
        name,
        welcome_message,
        fallback_message,
    )


async def lock_flow_named(work: Work, chatbot_id: UUID, name: str) -> UUID | None:
    rows = await work.fetch(
        "SELECT id FROM flows WHERE organization_id = $1 AND chatbot_id = $2 AND name = $3 FOR UPDATE",
        work.organization_id,
        chatbot_id,
        name,
    )
    return rows[0]["id"] if rows else None


async def lock_flow(work: Work, flow_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT f.id, f.chatbot_id, f.canvas_data, c.fallback_message
        FROM flows f JOIN chatbots c ON c.organization_id = f.organization_id AND c.id = f.chatbot_id
        WHERE f.organization_id = $1 AND f.id = $2 FOR UPDATE OF f
        """,
        work.organization_id,
        flow_id,
    )
    return rows[0] if rows else None


async def save_flow(
    work: Work, flow_id: UUID, chatbot_id: UUID, file: FlowFile, canvas: dict[str, Any]
) -> None:
    """Insert the draft, or replace it and count its revision up."""
    conditions = {
        "match": file.trigger.match.value,
        "priority": file.priority,
        "catch_all": file.is_welcome,
    }
    await work.execute(
        """
        INSERT INTO flows AS f (id, organization_id, chatbot_id, name, description, trigger_keywords,
                                trigger_conditions, canvas_data)
        VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)
        ON CONFLICT (id) DO UPDATE
        SET description = EXCLUDED.description, trigger_keywords = EXCLUDED.trigger_keywords,
            trigger_conditions = EXCLUDED.trigger_conditions, canvas_data = EXCLUDED.canvas_data,
            version = f.version + 1, updated_at = now()
        """,
        flow_id,
        work.organization_id,
        chatbot_id,
        file.name,
        file.description,
        list(file.trigger.keywords),
        json.dumps(conditions),
        json.dumps(canvas),
    )


async def project_nodes(work: Work, flow_id: UUID, nodes: Sequence[NodeRow]) -> None:
    """Make `nodes` say what the draft says, by difference: never all deleted and inserted again.

    A node that left the drawing while a live conversation stands on it stays, marked as deleted.
    """
    ids = [node.id for node in nodes]
    await work.execute(
        """
        INSERT INTO nodes (id, organization_id, flow_id, type, label, content, position_x, position_y,
                           next_node_id, settings)
        SELECT id, $1, $2, type, label, content::jsonb, position_x, position_y, next_node_id, settings::jsonb
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::uuid[],
                    $10::text[])
             AS new (id, type, label, content, position_x, position_y, next_node_id, settings)
        ON CONFLICT (id) DO UPDATE
        SET type = EXCLUDED.type, label = EXCLUDED.label, content = EXCLUDED.content,
            position_x = EXCLUDED.position_x, position_y = EXCLUDED.position_y,
            next_node_id = EXCLUDED.next_node_id, settings = EXCLUDED.settings, updated_at = now()
        """,
        work.organization_id,
        flow_id,
        ids,
        [node.type for node in nodes],
        [node.label for node in nodes],
        [json.dumps(node.content) for node in nodes],
        [node.position_x for node in nodes],
        [node.position_y for node in nodes],
        [node.next_node_id for node in nodes],
        [json.dumps(node.settings) for node in nodes],
    )
    await work.execute(
        """
        UPDATE nodes SET settings = settings || '{"deleted": true}', updated_at = now()
        WHERE organization_id = $1 AND flow_id = $2 AND NOT id = ANY($3::uuid[])
        """,
        work.organization_id,
        flow_id,
        ids,
    )
    await work.execute(
        """
        DELETE FROM nodes n
        WHERE n.organization_id = $1 AND n.flow_id = $2 AND NOT n.id = ANY($3::uuid[])
          AND NOT EXISTS (SELECT FROM conversations c
                          WHERE c.organization_id = $1 AND c.current_node_id = n.id
                            AND c.status NOT IN ('resolved', 'closed'))
        """,
        work.organization_id,
        flow_id,
        ids,
    )


async def latest_version(work: Work, flow_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, number, content_hash FROM flow_versions
        WHERE organization_id = $1 AND flow_id = $2 ORDER BY number DESC LIMIT 1
        """,
        work.organization_id,
        flow_id,
    )
    return rows[0] if rows else None


async def insert_version(
    work: Work,
    version_id: UUID,
    *,
    flow_id: UUID,
    number: int,
    canvas: dict[str, Any],
    program: dict[str, Any],
    content_hash: str,
    schema_version: int,
    published_by: UUID | None,
) -> None:
    await work.execute(
        """
        INSERT INTO flow_versions (id, organization_id, flow_id, number, canvas, program, content_hash,
                                   schema_version, published_by)
        VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9)
        """,
        version_id,
        work.organization_id,
        flow_id,
        number,
        json.dumps(canvas),
        json.dumps(program),
        content_hash,
        schema_version,
        published_by,
    )


async def point_at(work: Work, flow_id: UUID, chatbot_id: UUID, version_id: UUID) -> None:
    """From now on new runs use this version; a bot with something published is published."""
    await work.execute(
        """
        UPDATE flows SET published_version_id = $3, updated_at = now()
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        flow_id,
        version_id,
    )
    await work.execute(
        """
        UPDATE chatbots SET is_published = true, updated_at = now() WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        chatbot_id,
    )
