"""What keeps a command from going on, said so that the person who typed it can act."""


class Problem(Exception):
    """One sentence about what is wrong and one about what to do. Commands print it and end; no traceback."""

    def __init__(self, sentence: str, remedy: str) -> None:
        self.sentence = sentence
        self.remedy = remedy
        super().__init__(f"{sentence} {remedy}")
