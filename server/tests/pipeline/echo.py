"""A flow that says what it hears."""

ECHO = {
    "schema_version": 1,
    "name": "Eco",
    "is_welcome": True,
    "canvas": {
        "schema_version": 1,
        "nodes": [
            {
                "id": "22222222-2222-4222-8222-222222222201",
                "type": "start",
                "position": {"x": 0, "y": 0},
                "data": {"content": {}},
            },
            {
                "id": "22222222-2222-4222-8222-222222222202",
                "type": "message",
                "position": {"x": 0, "y": 0},
                "data": {"content": {"text": "eco: {{mensagem}}"}},
            },
        ],
        "edges": [
            {
                "id": "e",
                "source": "22222222-2222-4222-8222-222222222201",
                "sourceHandle": "next",
                "target": "22222222-2222-4222-8222-222222222202",
            }
        ],
    },
}
