"""How Brazil writes things: numbers, money, dates and documents."""
