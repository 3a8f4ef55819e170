"""Templates that Meta accepts and holds back, to see first how others receive them.

Meta's word stands beside the message until a status tells more, whatever it is, and in whatever order the two
are written.
"""

from typing import Final

METADATA: Final = """
    (({metadata}) || CASE WHEN new.held IS NULL THEN '{{}}' ELSE jsonb_build_object('held', new.held) END)
    - CASE WHEN {has_gone_on} THEN 'held' ELSE '' END
"""
"""The metadata of a message (`m`) after news of it (`new`), to be formatted."""
