"""The board's pages. A view loads for its viewer, shows a form, calls one command."""
