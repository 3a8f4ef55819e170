"""What PyTake is compared with, measured in the same run."""
