"""The outside world, for real: each adapter makes a port of `pytake.ports` true."""
