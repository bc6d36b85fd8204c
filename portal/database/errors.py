"""What can go wrong with the embedded cluster."""


class ClusterError(Exception):
    """The embedded cluster cannot be used; the text says what to do."""
