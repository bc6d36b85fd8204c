"""What changed of a place, when and by whom: read from editions, notices, visits and matches; nothing is kept twice."""
