"""Every change to control tests and findings. One command each; never one from another."""
