"""`/_simulator/…`: how tests and the phone page move the world."""
