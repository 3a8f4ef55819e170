"""What can be typed after `pytake`: a module per command or group. What is heavy is imported when it runs."""
